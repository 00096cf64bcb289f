/** A longer header is ignored: browsers send a few languages. */
const MAX_HEADER_LENGTH = 500;

/** RFC 9110 section 12.4.2: up to three digits after the point. */
const WEIGHT = /^(0(\.\d{0,3})?|1(\.0{0,3})?)$/;

/** Returns the tags of the header `Accept-Language` (RFC 9110 section 12.5.4), the most preferred first. */
export function parseAcceptLanguage(header: string): string[] {
  if (header.length > MAX_HEADER_LENGTH) return [];
  return header
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.split(';').map((text) => text.trim());
      const quality = parameters.find((text) => /^q=/i.test(text))?.slice(2) ?? '1';
      return { tag, weight: WEIGHT.test(quality) ? Number(quality) : 0 };
    })
    .filter(({ tag, weight }) => tag !== '' && weight > 0)
    .toSorted((one, other) => other.weight - one.weight)
    .map(({ tag }) => tag);
}
