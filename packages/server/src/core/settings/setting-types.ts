/** How one kind of setting is read from JSON or text, and written back as text. */
export interface SettingType<T> {
  readonly type: 'bool' | 'integer' | 'list' | 'choice' | 'secret';
  /** Of an integer: the least and the most that it may be. */
  readonly bounds?: { readonly min: number; readonly max: number };
  /** Of a choice: what there is to choose from. */
  readonly words?: readonly string[];
  /** The typed value, or throws an Error whose message is one sentence for the admin. */
  parse(value: unknown): T;
  format(value: T): string;
}

/** A switch: JSON true and false, or the words that forms and Discourse send. */
export const bool: SettingType<boolean> = {
  type: 'bool',
  parse(value) {
    const text = String(value).trim().toLowerCase();
    if (text === 'true' || text === 't') return true;
    if (text === 'false' || text === 'f') return false;
    throw new Error('Write true or false.');
  },
  format: String,
};

/** A whole number between two bounds, both allowed. */
export function integer(minimum: number, maximum: number): SettingType<number> {
  return {
    type: 'integer',
    bounds: { min: minimum, max: maximum },
    parse(value) {
      const text = String(value).trim();
      const number = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
      if (!(number >= minimum && number <= maximum)) {
        throw new Error(`Write a whole number from ${minimum} to ${maximum}.`);
      }
      return number;
    },
    format: String,
  };
}

/** One of a few words. */
export function choice<const Word extends string>(...words: readonly Word[]): SettingType<Word> {
  return {
    type: 'choice',
    words,
    parse(value) {
      const text = String(value).trim().toLowerCase();
      const word = words.find((known) => known === text);
      if (word === undefined) throw new Error(`Write one of ${words.join(', ')}.`);
      return word;
    },
    format: String,
  };
}

/** A text that only admins may see, long enough not to be guessed. The refusal does not repeat it. */
export const secret: SettingType<string> = {
  type: 'secret',
  parse(value) {
    const text = String(value).trim();
    if (!/^[\w-]{32,128}$/.test(text)) throw new Error('Write 32 to 128 letters and digits.');
    return text;
  },
  format: String,
};

/**
 * Values separated by `|`, as Discourse writes them, or a JSON list of them.
 *
 * @param checkItem throws an Error with a sentence for an item that will not do
 */
export function list(checkItem: (item: string) => void): SettingType<readonly string[]> {
  return {
    type: 'list',
    parse(value) {
      const texts: readonly unknown[] = Array.isArray(value) ? value : [value];
      if (!texts.every((text) => typeof text === 'string'))
        throw new Error('Write the values as one text, separated by |.');
      const items = texts.flatMap((text) => text.split('|')).map((item) => item.trim());
      const kept = [...new Set(items.filter((item) => item !== ''))];
      for (const item of kept) checkItem(item);
      return kept;
    },
    format: (items) => items.join('|'),
  };
}
