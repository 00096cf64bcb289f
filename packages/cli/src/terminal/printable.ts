/**
 * Makes text of a site safe for a terminal. Replaces control characters, which could move the cursor or change the
 * window title, and characters that change the text direction. Keeps line breaks and tabs.
 */
export function printable(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]|[\p{Bidi_Control}\u2028\u2029]/gu, '\uFFFD');
}
