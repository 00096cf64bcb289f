/** A measured case. */
export interface Case {
  readonly name: string;
  readonly operationsPerRound: number;
  /** Work before a round that is not measured. */
  prepare?(): Promise<void>;
  /** Performs all operations of a round; throws on an unexpected result. */
  run(operations: number): void | Promise<void>;
}

/** Nanoseconds of processor time per operation in each round, by case. */
export type Times = Record<string, number[]>;

/**
 * Runs the cases in turns, so that a slow phase of the machine affects all. Measures the processor time of all
 * threads, which other programs affect less than the wall clock. The first round is a warm-up.
 */
export async function measureInTurn(cases: readonly Case[], rounds: number): Promise<Times> {
  const times: Times = Object.fromEntries(cases.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const { name, operationsPerRound, prepare, run } of cases) {
      await prepare?.();
      const start = process.cpuUsage();
      // A synchronous case is not awaited: awaiting would be measured too.
      const done = run(operationsPerRound);
      if (done) await done;
      const { user, system } = process.cpuUsage(start);
      if (round > 0) times[name]?.push(((user + system) * 1000) / operationsPerRound);
    }
  }
  return times;
}
