/** A mistake in a configuration file: where it is, what is wrong, and how to correct it. */
export interface ConfigProblem {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1. */
  readonly column: number;
  readonly problem: string;
  readonly remedy: string;
}

/** Thrown for a configuration file that cannot be used. The message has one line for each problem. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    super(problems.map(describeProblem).join('\n'));
    this.problems = problems;
  }
}

const describeProblem = ({ file, line, column, problem, remedy }: ConfigProblem): string =>
  `${file}:${line}:${column}: ${problem} ${remedy}`;
