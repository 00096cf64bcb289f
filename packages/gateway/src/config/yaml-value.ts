import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { ConfigError } from './config-error.ts';

interface Source {
  readonly file: string;
  readonly lines: LineCounter;
}

const MAX_BYTES = 4_194_304;

/** A value in a YAML file that knows its position, so that each mistake is reported with line and column. */
export class YamlValue {
  readonly #node: Node;
  readonly #source: Source;
  /** Such as `accounts.ask.url`; '' for the whole file. */
  readonly path: string;

  constructor(node: Node, source: Source, path: string) {
    this.#node = node;
    this.#source = source;
    this.path = path;
  }

  /** @throws ConfigError at the position of this value */
  fail(problem: string, remedy: string): never {
    const { line, col } = this.#source.lines.linePos(this.#node.range?.[0] ?? 0);
    throw new ConfigError([{ file: this.#source.file, line, column: col, problem, remedy }]);
  }

  /** The name of this value in sentences. */
  get label(): string {
    return this.path === '' ? 'The file' : this.path;
  }

  /** The file that this value is in. */
  get file(): string {
    return this.#source.file;
  }

  /** Returns the line, counted from 1. */
  get line(): number {
    return this.#source.lines.linePos(this.#node.range?.[0] ?? 0).line;
  }

  /**
   * Returns the fields of a map, in order.
   *
   * @param known the accepted names; omitted for a map with names of the user
   */
  fields(known?: readonly string[]): Map<string, YamlValue> {
    if (!isMap(this.#node)) return this.fail(`${this.label} is not a map.`, 'Write “name: value” lines.');
    const fields = new Map<string, YamlValue>();
    for (const { key, value } of this.#node.items) {
      const name = isScalar(key) ? String(key.value) : '';
      const path = this.path === '' ? name : `${this.path}.${name}`;
      const at = (value ?? key) as Node;
      const field = new YamlValue(at, this.#source, path);
      if (known !== undefined && !known.includes(name)) {
        const named = new YamlValue(key as Node, this.#source, path);
        named.fail(`The field ${path} is unknown.`, `Remove it, or use one of: ${known.join(', ')}.`);
      }
      if (value === null) field.fail(`${path} has no value.`, 'Give it a value, or remove the line.');
      fields.set(name, field);
    }
    return fields;
  }

  list(): YamlValue[] {
    const node = this.#node;
    if (!isSeq(node)) return this.fail(`${this.label} is not a list.`, 'Write [a, b] or “- a” lines.');
    return node.items.map((item, at) => new YamlValue(item as Node, this.#source, `${this.path}[${at}]`));
  }

  isList = (): boolean => isSeq(this.#node);
  isMap = (): boolean => isMap(this.#node);

  /** Returns a text that is not empty; a number is read as its text. */
  text(): string {
    const value = this.#scalar();
    if (typeof value !== 'string' && typeof value !== 'number') {
      return this.fail(
        `${this.label} is not a text.`,
        'Write a text, in quotes if it has special characters.',
      );
    }
    if (String(value).trim() === '') this.fail(`${this.label} is empty.`, 'Write a text.');
    return String(value);
  }

  boolean(): boolean {
    const value = this.#scalar();
    return typeof value === 'boolean'
      ? value
      : this.fail(`${this.label} is not true or false.`, 'Write true or false.');
  }

  integer(minimum: number, maximum: number): number {
    const value = this.#scalar();
    const isValid = Number.isInteger(value) && Number(value) >= minimum && Number(value) <= maximum;
    if (isValid) return Number(value);
    return this.fail(`${this.label} is not a whole number.`, `Write a number from ${minimum} to ${maximum}.`);
  }

  /** Returns any value as plain data, for files with a schema of their own. */
  data(): unknown {
    return this.#node.toJSON();
  }

  #scalar(): unknown {
    if (isAlias(this.#node)) this.fail(`${this.label} is an alias.`, 'Write the value itself.');
    return isScalar(this.#node) ? this.#node.value : undefined;
  }
}

/**
 * Parses a YAML or JSON file.
 *
 * @throws ConfigError with every syntax error
 */
export function parseYaml(text: string, file: string): YamlValue {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    maxAliasCount: 0,
  } as object);
  const faults = document.errors.map(({ message, pos: [start] }) => ({ message, start }));
  if (text.length > MAX_BYTES) faults.push({ message: 'The file is larger than 4 MB', start: 0 });
  if (document.contents === null) faults.push({ message: 'The file is empty', start: 0 });
  if (faults.length > 0) {
    throw new ConfigError(
      faults.map(({ message, start }) => {
        const { line, col } = lines.linePos(start);
        const problem = `${message.split('\n', 1)[0]?.replace(/\.?$/, '.')}`;
        return { file, line, column: col, problem, remedy: 'Correct the syntax of the file.' };
      }),
    );
  }
  return new YamlValue(document.contents as Node, { file, lines }, '');
}
