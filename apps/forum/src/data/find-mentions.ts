/** As many as Discourse lets a post have. */
const MAX_MENTIONS = 10;

/**
 * The names after an @ that begins a word; whether anybody is called that is another question. A name ends in a
 * letter or a digit, so that the dot after it is the sentence's. In one pass, however long the text.
 */
export function findMentions(text: string): string[] {
  const names = [...text.matchAll(/(?<![\w@/.-])@(\w+(?:[.-]+\w+)*)/g)].map(([, name = '']) => name);
  return [...new Set(names)].slice(0, MAX_MENTIONS);
}
