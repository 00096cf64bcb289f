/** Returns the sentences of an error in Discourse's form: what happened, and what to do. Empty for any other JSON. */
export function readSentences(json: unknown): string {
  const { errors, advice } = (json ?? {}) as { errors?: unknown; advice?: unknown };
  const sentences = [...(Array.isArray(errors) ? errors : []), advice];
  return sentences.filter((sentence) => typeof sentence === 'string').join(' ');
}
