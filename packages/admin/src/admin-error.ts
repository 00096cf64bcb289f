/** Exit codes. `valetkey-admin --help` lists them. */
export const EXIT = { ok: 0, failed: 1, usage: 2, inUse: 3, unavailable: 4, notConfirmed: 5 } as const;

/** One of them. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Ends the command with a sentence on standard error. */
export class AdminError extends Error {
  override readonly name = 'AdminError';
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode, sentence: string) {
    super(sentence);
    this.exitCode = exitCode;
  }
}
