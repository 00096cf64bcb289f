/** Half a secret is worth finding; less than this is chance. */
const LEAST = 12;

/**
 * The ways in which a secret may stand in a log, a file or an answer: as it is, its halves, in capitals or small
 * letters, percent-encoded, as bytes, and in base64, wherever in a longer text it began.
 */
export function spellingsOf(secret: string): ReadonlyMap<string, string> {
  const text = secret.replaceAll(/\s/g, '');
  const middle = Math.floor(text.length / 2);
  const spellings = new Map([
    ['as it is', secret],
    ['without blanks', text],
    ['first half', text.slice(0, middle)],
    ['second half', text.slice(middle)],
    ['capitals', text.toUpperCase()],
    ['small letters', text.toLowerCase()],
    ['percent-encoded', encodeURIComponent(secret)],
    ['reversed', [...text].reverse().join('')],
  ]);
  for (const start of [0, 1, 2]) {
    // What the neighbours have a share in is cut off.
    const base64 = Buffer.from('?'.repeat(start) + secret)
      .toString('base64')
      .slice(start === 0 ? 0 : start + 1, -4);
    spellings.set(`base64 from ${start}`, base64);
    spellings.set(`base64url from ${start}`, base64.replaceAll('+', '-').replaceAll('/', '_'));
  }
  if (/^([0-9a-f]{2})+$/.test(text)) {
    const bytes = Buffer.from(text, 'hex');
    spellings.set('bytes', bytes.toString('latin1'));
    spellings.set('bytes in base64', bytes.toString('base64').slice(0, -3));
  }
  // A code that people type is short: it is looked for as a whole.
  const least = Math.min(LEAST, text.length);
  return new Map([...spellings].filter(([, spelling]) => spelling.length >= least));
}
