import { readFileSync, renameSync, writeFileSync } from 'node:fs';

/** One site that the bot watches. */
export interface Account {
  readonly site: string;
  readonly username: string;
  readonly key: string;
  /** The newest notification that was already printed. */
  readonly lastPrintedId: number;
}

const FILE = process.env.BOT_ACCOUNTS ?? 'accounts.json';

export function readAccounts(): Account[] {
  try {
    return JSON.parse(readFileSync(FILE, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Replaces the file atomically, readable by its owner only. A crash leaves the old or the new file. */
export function saveAccounts(accounts: readonly Account[]): void {
  writeFileSync(`${FILE}.new`, `${JSON.stringify(accounts, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${FILE}.new`, FILE);
}
