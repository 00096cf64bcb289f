/** Discourse's limit. */
const MAX_MENTIONS = 10;

/**
 * Returns the names after an `@` at the start of a word, whether or not such users exist. A name ends in a letter or digit,
 * so that a full stop after it is no part of it. Runs in linear time.
 */
export function findMentions(text: string): string[] {
  const names = [...text.matchAll(/(?<![\w@/.-])@(\w+(?:[.-]+\w+)*)/g)].map(([, name = '']) => name);
  return [...new Set(names)].slice(0, MAX_MENTIONS);
}
