/**
 * Reverts what forms, shells and environment variables do to base64 and PEM: percent-encoding (up to three times),
 * line breaks written as `\n`, surrounding quotes and spaces, a byte order mark.
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

/** Removes line breaks, trailing padding and trailing spaces from base64. Spaces inside are kept. */
export function joinLines(text: string): string {
  let end = text.length;
  while (end > 0 && /[=\s]/.test(text.charAt(end - 1))) end -= 1;
  return text
    .slice(0, end)
    .trimStart()
    .replace(/[^\S ]/g, '');
}

/** Line widths of common base64 tools: OpenSSL, MIME, Ruby. */
const USUAL_WIDTHS = [64, 76, 60];

/**
 * Restores base64 in which a space may have been a `+` or a line break. The required length tells how many spaces
 * were which. If both occur, line breaks are recognized by their regular distance.
 *
 * The running time is bounded by n log n for texts of length n.
 *
 * @param text unpadded base64
 * @param neededLetters required length of the result
 * @returns base64 without spaces; null if no reading, or more than one, has the required length
 */
export function restoreSpaces(text: string, neededLetters: number): string | null {
  const joined = joinLines(text);
  const spaces = joined.split(' ').length - 1;
  const pluses = neededLetters - (joined.length - spaces);
  if (pluses === 0) return joined.replaceAll(' ', '');
  if (pluses === spaces) return joined.replaceAll(' ', '+');
  if (pluses < 0 || pluses > spaces) return null;

  const fromLines = readIndented(text).find((reading) => reading.length === neededLetters);
  if (fromLines !== undefined) return fromLines;
  // Two readings would be two different keys, so both are rejected.
  const readGrids = (widths: readonly number[]) => [
    ...new Set(widths.flatMap((width) => readGrid(joined, width, spaces - pluses))),
  ];
  const usual = readGrids(USUAL_WIDTHS);
  const readings =
    usual.length > 0 ? usual : readGrids(Array.from({ length: joined.length }, (_, index) => index + 1));
  return readings.length === 1 ? (readings[0] ?? null) : null;
}

/** Yields readings that remove spaces at the edges of lines: all of them, or the indentation common to all lines. */
function readIndented(text: string): string[] {
  const lines = text.split(/[^\S ]/).filter((line) => line.trim() !== '');
  const indents = lines.slice(1).map((line) => line.length - line.trimStart().length);
  const indent = Math.min(...indents, text.length);
  const dedented = lines.map((line) => (line.slice(0, indent).trim() === '' ? line.slice(indent) : line));
  const trimmed = lines.map((line) => line.trim());
  return [dedented, trimmed].map((some) => joinLines(some.join('')).replaceAll(' ', '+'));
}

/**
 * Returns the text without the given number of spaces between its rows and with every other space as `+`; nothing if the
 * text does not have this shape.
 */
function readGrid(text: string, width: number, spaces: number): string[] {
  return [1, 2].flatMap((gap) => {
    const rows = Math.ceil((text.length + gap) / (width + gap));
    if ((rows - 1) * gap !== spaces) return [];
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
