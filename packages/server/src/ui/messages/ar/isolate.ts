/** A quoted text, a placeholder, or a name, URL or pattern in Latin letters. */
const PIECE = /"[^"]*"|\{\w+\}|[a-z*][\w*./:?=%+@-]*[\w*/+]|[a-z*|]/gi;

/** Isolates names, URLs and details in a plain text, so that their punctuation stays in place beside Arabic. */
export const isolate = (text: string): string => text.replace(PIECE, '\u2068$&\u2069');

/** Isolates one value of a list, so that the list itself is written from right to left. */
export const isolateValue = (value: string): string => `\u2068${value}\u2069`;

/** Isolates every text of a table. */
export function isolateAll<T extends Readonly<Record<string, string>>>(texts: T): T {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, isolate(text)])) as T;
}
