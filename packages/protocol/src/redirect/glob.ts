/**
 * Whether a text matches a pattern in which `*` matches any characters and everything else matches itself. Pieces
 * between stars are searched once, from left to right, so the time is linear for every pattern.
 */
export function matchesGlob(text: string, pattern: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return text === pattern;
  if (!text.startsWith(first)) return false;
  let position = first.length;
  for (const piece of rest) {
    const found = text.indexOf(piece, position);
    if (found < 0) return false;
    position = found + piece.length;
  }
  return text.endsWith(last) && text.length - last.length >= position;
}
