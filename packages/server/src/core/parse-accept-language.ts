/** A longer header is ignored: browsers send a few languages. */
const MAX_HEADER_LENGTH = 500;

/** Returns the tags of the header `Accept-Language` (RFC 9110 section 12.5.4), the most preferred first. */
export function parseAcceptLanguage(header: string): string[] {
  if (header.length > MAX_HEADER_LENGTH) return [];
  return header
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.split(';').map((text) => text.trim());
      const quality = parameters.find((text) => text.startsWith('q='))?.slice(2);
      return { tag, weight: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ weight }) => weight > 0)
    .toSorted((one, other) => other.weight - one.weight)
    .map(({ tag }) => tag);
}
