const MAX_SECONDS = 999_999_999;

/**
 * Returns the seconds until the date in a `Retry-After` header (RFC 9110, section 10.2.3); null if it is not a date.
 * Compares it with the `Date` of the same response, so that a wrong local clock does not matter.
 *
 * @param date the header `Date`, if the response has one
 * @param now in milliseconds since 1970, for a response without `Date`
 */
export function readRetryDate(value: string, date: string | null, now: number): number | null {
  const end = parseHttpDate(value);
  if (end === null) return null;
  const start = parseHttpDate(date ?? '') ?? now;
  return Math.min(MAX_SECONDS, Math.max(0, Math.ceil((end - start) / 1000)));
}

/** RFC 9110, section 5.6.7: three formats, all in GMT, of which the last does not say so. */
function parseHttpDate(text: string): number | null {
  if (!/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(text)) return null;
  const milliseconds = Date.parse(text.endsWith('GMT') ? text : `${text} GMT`);
  return Number.isNaN(milliseconds) ? null : milliseconds;
}
