import { decodeBase64 } from './base64.ts';

/** What stands between the armour lines, and the label on them; a bare base64 text has no label. */
export interface PemText {
  readonly label: string | null;
  readonly body: string;
}

const ARMOUR = /-----\s*BEGIN\s([A-Z0-9 ]+?)\s*-----([\s\S]*?)(?:-----\s*END\s|$)/;

/**
 * Undoes what forms, URLs and config files do to a PEM around its base64: percent-encoding left in, `\n` as two
 * characters, blanks of the armour turned into `+`, a byte order mark.
 */
export function readPem(text: string): PemText {
  const plain = percentDecoded(text.replace(/^\uFEFF/, ''))
    .replace(/\\r|\\n/g, '\n')
    .replace(
      /-----(BEGIN|END)[+\s_]([A-Z0-9+\s_]+?)-----/g,
      (_all, word: string, label: string) => `-----${word} ${label.replace(/[+\s_]+/g, ' ')}-----`,
    )
    .trim();
  const armour = ARMOUR.exec(plain);
  return armour ? { label: armour[1] ?? '', body: (armour[2] ?? '').trim() } : { label: null, body: plain };
}

/** Neither base64 nor armour has a percent sign, so one means that an encoding was left in. */
function percentDecoded(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * The byte strings that this base64 body may stand for, likeliest first. A blank in it was a line break, or a `+`
 * that was not percent-encoded; where both were turned into blanks, the line width tells them apart.
 */
export function* pemCandidates(body: string): Generator<Uint8Array> {
  const readings = [
    body.replace(/\s+/g, ''),
    body.replace(/[\t\r\n]+/g, '').replaceAll(' ', '+'),
    ...[64, 76, 60, 70, 72].map((width) => withLinesOf(width, body).replaceAll(' ', '+')),
  ];
  for (const reading of new Set(readings)) {
    const bytes = decodeBase64(reading);
    if (bytes && bytes.length > 0) yield bytes;
  }
}

/** Takes out the blank after every `width` characters, where there is one. */
function withLinesOf(width: number, body: string): string {
  const text = body.replace(/[\t\r\n]+/g, ' ');
  let joined = '';
  for (let offset = 0; offset < text.length; ) {
    joined += text.slice(offset, offset + width);
    offset += width;
    if (text[offset] === ' ') offset += 1;
  }
  return joined;
}
