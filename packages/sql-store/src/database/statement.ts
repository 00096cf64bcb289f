/** A value of a parameter or a column. */
export type Value = string | number | null;

/** A row by column name. */
export type Row = Readonly<Record<string, Value>>;

/** The values of a statement, by the names of its parameters. */
export type Parameters = Readonly<Record<string, Value>>;

/** SQL in the dialect of PostgreSQL, with parameters such as `:userId`. Drivers translate and prepare it once. */
export interface Statement {
  readonly text: string;
  /** The names of its parameters, each once. */
  readonly names: readonly string[];
  /** False for a statement that SQLite does not need, such as a lock of one row: its transactions run one by one. */
  readonly runsOnSqlite: boolean;
}

/** A statement with its values. */
export interface Query {
  readonly statement: Statement;
  readonly parameters: Parameters;
}

/**
 * A sequence of queries: yields one and receives its rows, until it returns. SQLite runs it synchronously, PostgreSQL
 * asynchronously. It must not have other effects, because a transaction may run it again.
 */
export type Work<Result> = Generator<Query, Result, readonly Row[]>;

/** Not within a word and not after a colon, as in a cast. */
const PARAMETER = /(?<![:\w]):([a-zA-Z]\w*)/g;

/**
 * Returns a function that creates queries of this statement. Without `RETURNING`, a change has no rows.
 *
 * @throws TypeError from that function, if a parameter has no value
 * @example
 * ```ts
 * const findByName = statement('SELECT value FROM valetkey.settings WHERE name = :name');
 * function* findValue(name: string): Work<Value> {
 *   const [row] = yield findByName({ name });
 *   return row?.value ?? null;
 * }
 * ```
 */
export function statement(text: string, { runsOnSqlite = true } = {}): (parameters?: Parameters) => Query {
  const names = [...new Set([...text.matchAll(PARAMETER)].map(([, name = '']) => name))];
  const prepared: Statement = { text, names, runsOnSqlite };
  return (parameters = {}) => {
    for (const name of names) {
      if (parameters[name] === undefined)
        throw new TypeError(`The parameter ${name} of a statement has no value.`);
    }
    return { statement: prepared, parameters };
  };
}

/** Replaces each parameter of a statement. */
export function replaceParameters(text: string, replace: (name: string) => string): string {
  return text.replaceAll(PARAMETER, (_, name: string) => replace(name));
}
