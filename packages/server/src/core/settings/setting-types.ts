import { InvalidValue } from '../reason.ts';

/** How a kind of setting is parsed from JSON or text, and serialized to text. */
export interface SettingType<T> {
  readonly type: 'bool' | 'integer' | 'list' | 'choice' | 'secret';
  /** The minimum and maximum of an integer. */
  readonly bounds?: { readonly min: number; readonly max: number };
  /** The options of a choice. */
  readonly words?: readonly string[];
  /** Returns the typed value. @throws InvalidValue */
  parse(value: unknown): T;
  format(value: T): string;
}

/** Returns the value as text. @throws InvalidValue if it is a list or an object, whose `toString` may be anything */
function textOf(value: unknown): string {
  if (typeof value === 'object' && value !== null) throw new InvalidValue({ reason: 'not_one_text' });
  return String(value).trim();
}

/** A boolean: JSON true and false, or the words that forms and Discourse send. */
export const bool: SettingType<boolean> = {
  type: 'bool',
  parse(value) {
    const text = textOf(value).toLowerCase();
    if (text === 'true' || text === 't') return true;
    if (text === 'false' || text === 'f') return false;
    throw new InvalidValue({ reason: 'not_boolean' });
  },
  format: String,
};

/** An integer between two inclusive bounds. */
export function integer(minimum: number, maximum: number): SettingType<number> {
  return {
    type: 'integer',
    bounds: { min: minimum, max: maximum },
    parse(value) {
      const text = textOf(value);
      const number = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
      if (!(number >= minimum && number <= maximum)) {
        throw new InvalidValue({ reason: 'not_in_range', min: minimum, max: maximum });
      }
      return number;
    },
    format: String,
  };
}

/** One of several words. */
export function choice<const Word extends string>(...words: readonly Word[]): SettingType<Word> {
  return {
    type: 'choice',
    words,
    parse(value) {
      const text = textOf(value).toLowerCase();
      const word = words.find((known) => known === text);
      if (word === undefined) throw new InvalidValue({ reason: 'not_a_choice', choices: words });
      return word;
    },
    format: String,
  };
}

/** A secret that only admins may see, too long to guess. Its error message does not repeat it. */
export const secret: SettingType<string> = {
  type: 'secret',
  parse(value) {
    const text = textOf(value);
    if (!/^[\w-]{32,128}$/.test(text)) throw new InvalidValue({ reason: 'secret_malformed' });
    return text;
  },
  format: String,
};

/**
 * Values separated by `|`, as in Discourse, or a JSON list.
 *
 * @param checkItem throws `InvalidValue` for an invalid item
 */
export function list(checkItem: (item: string) => void): SettingType<readonly string[]> {
  return {
    type: 'list',
    parse(value) {
      const texts: readonly unknown[] = Array.isArray(value) ? value : [value];
      if (!texts.every((text) => typeof text === 'string'))
        throw new InvalidValue({ reason: 'list_not_text' });
      const items = texts.flatMap((text) => splitItems(text, /[|\r\n]/));
      const kept = [...new Set(items)];
      for (const item of kept) checkListItem(item, kept, checkItem);
      return kept;
    },
    format: (items) => items.join('|'),
  };
}

const splitItems = (text: string, separator: RegExp): string[] =>
  text
    .split(separator)
    .map((item) => item.trim())
    .filter((item) => item !== '');

/** Two URLs with a comma between them, which some rules would take for one. */
const COMMA_BEFORE_URL = /,\s*[a-z][a-z0-9+.-]*:\/\//i;

/** @throws InvalidValue that offers the corrected value if the items were separated by commas, else the error of the item */
function checkListItem(item: string, all: readonly string[], checkItem: (item: string) => void): void {
  try {
    checkItem(item);
    if (!COMMA_BEFORE_URL.test(item)) return;
  } catch (error) {
    if (!item.includes(',')) throw error;
    const parts = all.flatMap((each) => splitItems(each, /,/));
    if (!parts.every((part) => isValid(part, checkItem))) throw error;
  }
  const corrected = [...new Set(all.flatMap((each) => splitItems(each, /,/)))].join('|');
  throw new InvalidValue({ reason: 'items_with_commas', corrected });
}

function isValid(item: string, checkItem: (item: string) => void): boolean {
  try {
    checkItem(item);
    return true;
  } catch {
    return false;
  }
}
