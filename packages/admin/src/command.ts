import type { SqlStore } from '@valetkey/sql-store/sqlite';
import type { Database } from './database.ts';

/** What a command gets. */
export interface CommandContext {
  /** The operands, as many as `operands` names. */
  readonly operands: readonly string[];
  /** The values of the options of this command that were given. */
  readonly options: Readonly<Partial<Record<string, string>>>;
  readonly database: Database;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /**
   * Prints one result: a record. A person gets its fields in one line, a program the record as JSON.
   *
   * @param record must contain neither a key nor its hash
   */
  print(record: Readonly<Record<string, unknown>>): void;
}

/** What a command that uses the store gets. */
export interface StoreContext extends CommandContext {
  readonly store: SqlStore;
}

interface CommandText {
  /** Such as `['USER']`. */
  readonly operands: readonly string[];
  readonly summary: string;
  /** Names of options, each with a value, and their help. */
  readonly options?: Readonly<Record<string, string>>;
  /** What is lost, if the command needs `--yes`. */
  readonly destroys?: string;
}

/** One command of the table. `read` works beside a running site on SQLite too, `change` does not. */
export type Command = CommandText &
  (
    | { readonly uses: 'read' | 'change'; run(context: StoreContext): Promise<void> }
    | { readonly uses: 'files'; run(context: CommandContext): Promise<void> }
  );
