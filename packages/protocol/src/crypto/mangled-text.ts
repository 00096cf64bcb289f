/**
 * Undoes what forms, shells and environment variables do to base64 and PEM: percent-encoding (up to three times over),
 * line breaks written as `\n`, quotes and blanks around the text, a byte order mark.
 */
export function undoEscapes(text: string): string {
  let plain = text;
  for (let round = 0; round < 3 && plain.includes('%'); round += 1) {
    plain = plain.replace(/%([0-7][0-9a-f])/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
  }
  return plain
    .replace(/\\{1,4}[rn]/g, '\n')
    .trim()
    .replace(/^["']|["']$/g, '')
    .trim();
}

/** Base64 without the padding and blanks at its end, and without the line breaks (but not the spaces) in it. */
export function joinLines(text: string): string {
  let end = text.length;
  while (end > 0 && /[=\s]/.test(text.charAt(end - 1))) end -= 1;
  return text
    .slice(0, end)
    .trimStart()
    .replace(/[^\S ]/g, '');
}

/** Widths at which common tools break base64: OpenSSL, MIME, Ruby. */
const USUAL_WIDTHS = [64, 76, 60];

/**
 * Puts base64 back together in which a space may have been a `+` or a line break. The number of letters that must come
 * out says how many spaces were which; if both occurred, line breaks are found by standing at regular distances.
 * The work is bounded by the length of the text times its logarithm.
 *
 * @param text unpadded base64
 * @param neededLetters length that the result must have
 * @returns base64 without blanks, or null if no reading, or more than one, fits
 */
export function restoreBlanks(text: string, neededLetters: number): string | null {
  const joined = joinLines(text);
  const spaces = joined.split(' ').length - 1;
  const pluses = neededLetters - (joined.length - spaces);
  if (pluses === 0) return joined.replaceAll(' ', '');
  if (pluses === spaces) return joined.replaceAll(' ', '+');
  if (pluses < 0 || pluses > spaces) return null;

  const fromLines = readIndented(text).find((reading) => reading.length === neededLetters);
  if (fromLines !== undefined) return fromLines;
  // Two readings would be two different keys: rather none than the wrong one.
  const readGrids = (widths: readonly number[]) => [
    ...new Set(widths.flatMap((width) => readGrid(joined, width, spaces - pluses))),
  ];
  const usual = readGrids(USUAL_WIDTHS);
  const readings =
    usual.length > 0 ? usual : readGrids(Array.from({ length: joined.length }, (_, index) => index + 1));
  return readings.length === 1 ? (readings[0] ?? null) : null;
}

/** Readings in which the blanks at the edges of lines are no letters: all of them, or the indentation that lines share. */
function readIndented(text: string): string[] {
  const lines = text.split(/[^\S ]/).filter((line) => line.trim() !== '');
  const indents = lines.slice(1).map((line) => line.length - line.trimStart().length);
  const indent = Math.min(...indents, text.length);
  const dedented = lines.map((line) => (line.slice(0, indent).trim() === '' ? line.slice(indent) : line));
  const trimmed = lines.map((line) => line.trim());
  return [dedented, trimmed].map((some) => joinLines(some.join('')).replaceAll(' ', '+'));
}

/** The text with the `blanks` spaces between its rows taken out and every other space a `+`; nothing if that is not its shape. */
function readGrid(text: string, width: number, blanks: number): string[] {
  return [1, 2].flatMap((gap) => {
    const rows = Math.ceil((text.length + gap) / (width + gap));
    if ((rows - 1) * gap !== blanks) return [];
    const starts = Array.from({ length: rows }, (_, row) => row * (width + gap));
    const hasGaps = starts.slice(1).every((start) => text.slice(start - gap, start).trim() === '');
    return hasGaps
      ? [
          starts
            .map((start) => text.slice(start, start + width))
            .join('')
            .replaceAll(' ', '+'),
        ]
      : [];
  });
}
