/** A parsed docstring. */
export interface Docstring {
  /** The text before the first tag. */
  readonly text: string;
  /** The tags in their order. */
  readonly tags: readonly { readonly name: string; readonly text: string }[];
}

/** Tags that this project uses. They may follow a sentence on its line: `Sends it. @throws …`. */
const TAG = /(?:^|\s)@(param|returns|throws|see|default|example)\b/;

/** Parses the content of a comment, from `*` to the end. */
export function parseDocstring(comment: string): Docstring {
  const plain = comment.replace(/^\*/, '').replace(/^[ \t]*\* ?/gm, '');
  const [text = '', ...parts] = plain.split(TAG);
  const tags = [];
  for (let index = 0; index < parts.length; index += 2)
    tags.push({ name: parts[index] ?? '', text: (parts[index + 1] ?? '').trim() });
  return { text: text.trim(), tags };
}

/** Returns the code of an example, with or without a fence. */
export function exampleCode(text: string): string {
  return /^```ts\n([\s\S]*?)\n```/.exec(text)?.[1] ?? text;
}
