/**
 * Parses a URL; returns null if it is invalid. For runtimes without `URL.canParse`, such as React Native.
 *
 * @param base for relative URLs
 * @example findUrl('/there', 'https://x.example/here')?.href // 'https://x.example/there'
 */
export function findUrl(text: string | URL, base?: string | URL): URL | null {
  try {
    return new URL(text, base);
  } catch {
    return null;
  }
}
