/**
 * A text that comes from a site, safe for a terminal: without the control characters by which it could move the cursor,
 * change colours or the window's title, and without the marks that turn the direction of text. Line breaks and tabs stay.
 */
export function printable(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]|[\p{Bidi_Control}\u2028\u2029]/gu, '\uFFFD');
}
