/**
 * A text that comes from a site, safe for a terminal: without the control characters by which it could move the cursor,
 * change colours or the window's title. Line breaks and tabs stay.
 */
export function printable(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]|[\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu, '\uFFFD');
}
