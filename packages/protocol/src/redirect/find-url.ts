/**
 * The URL that a text is, or null. For runtimes without `URL.canParse`, as React Native.
 *
 * @param base where a relative address stands
 * @example findUrl('/there', 'https://x.example/here')?.href // 'https://x.example/there'
 */
export function findUrl(text: string | URL, base?: string | URL): URL | null {
  try {
    return new URL(text, base);
  } catch {
    return null;
  }
}
