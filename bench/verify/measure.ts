/** A measured case. */
export interface Case {
  readonly name: string;
  readonly operationsPerRound: number;
  /** Work before a round that is not measured. */
  prepare?(): Promise<void>;
  /** Performs all operations of a round; throws on an unexpected result. */
  run(operations: number): void | Promise<void>;
}

/** Nanoseconds per operation in each round, by case. */
export type Times = Record<string, number[]>;

/** What a run has measured. */
export interface Measured {
  /** Processor time of all threads of this process. */
  readonly cpu: Times;
  /** Time by the clock, which includes that of servers. */
  readonly elapsed: Times;
}

/**
 * Runs the cases in turns, so that a slow phase of the machine affects all. Other programs affect the processor time
 * less than the time by the clock. The first round is a warm-up.
 */
export async function measureInTurn(cases: readonly Case[], rounds: number): Promise<Measured> {
  const createTimes = (): Times => Object.fromEntries(cases.map(({ name }) => [name, []]));
  const [cpu, elapsed] = [createTimes(), createTimes()];
  for (let round = 0; round <= rounds; round += 1) {
    for (const { name, operationsPerRound, prepare, run } of cases) {
      await prepare?.();
      const startedAt = performance.now();
      const start = process.cpuUsage();
      // A synchronous case is not awaited: awaiting would be measured too.
      const done = run(operationsPerRound);
      if (done) await done;
      const { user, system } = process.cpuUsage(start);
      const took = performance.now() - startedAt;
      if (round === 0) continue;
      cpu[name]?.push(((user + system) * 1000) / operationsPerRound);
      elapsed[name]?.push((took * 1e6) / operationsPerRound);
    }
  }
  return { cpu, elapsed };
}
