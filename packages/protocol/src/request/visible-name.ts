/** Bidirectional controls and line separators let a name imitate other parts of the consent page. */
export const CONTROLS_AND_SPOOFING = /[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]/u;

// Invisible letters and marks, and directional marks. Joiners and variation selectors stay: emoji and scripts need them.
const INVISIBLE =
  /\u034f|\u17b4|\u17b5|[\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff0-\ufffb]/u;
const VISIBLE = /[^\p{C}\p{Z}\p{M}]/u;

/**
 * Returns whether a text can name an app to users: it has a visible character, and nothing that hides or moves text.
 *
 * @example isVisibleName('Plum Reader') // true
 */
export function isVisibleName(text: string): boolean {
  return VISIBLE.test(text) && !INVISIBLE.test(text) && !CONTROLS_AND_SPOOFING.test(text);
}
