/** One thing to measure. */
export interface Case {
  readonly name: string;
  readonly operationsPerRound: number;
  /** Work before a round that does not count. */
  prepare?(): Promise<void>;
  /** Does all operations of a round; throws when one had another result than it should. */
  run(operations: number): void | Promise<void>;
}

/** Nanoseconds of processor time per operation of each round, by the name of the case. */
export type Times = Record<string, number[]>;

/** Runs the cases in turns, so that a slow moment of the machine slows all of them. Processor
 * time, all threads together, because other programs change it less than the time of a clock. The first round is a warm-up. */
export async function measureInTurn(cases: readonly Case[], rounds: number): Promise<Times> {
  const times: Times = Object.fromEntries(cases.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const { name, operationsPerRound, prepare, run } of cases) {
      await prepare?.();
      const start = process.cpuUsage();
      // A synchronous case is not awaited: the wait would be part of its time.
      const done = run(operationsPerRound);
      if (done) await done;
      const { user, system } = process.cpuUsage(start);
      if (round > 0) times[name]?.push(((user + system) * 1000) / operationsPerRound);
    }
  }
  return times;
}
