/** A shorter match may be a coincidence. */
const LEAST = 12;

/**
 * Returns the forms of a secret in a log, a file or a response: unchanged, halved, upper or lower case, percent-encoded, as
 * bytes, and in base64 at any offset.
 */
export function spellingsOf(secret: string): ReadonlyMap<string, string> {
  const text = secret.replaceAll(/\s/g, '');
  const middle = Math.floor(text.length / 2);
  const spellings = new Map([
    ['as it is', secret],
    ['without spaces', text],
    ['first half', text.slice(0, middle)],
    ['second half', text.slice(middle)],
    ['capitals', text.toUpperCase()],
    ['small letters', text.toLowerCase()],
    ['percent-encoded', encodeURIComponent(secret)],
    ['reversed', [...text].reverse().join('')],
  ]);
  for (const start of [0, 1, 2]) {
    // Characters that also encode a neighbouring byte are cut off.
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
  // A short code that users type is searched for as a whole.
  const least = Math.min(LEAST, text.length);
  return new Map([...spellings].filter(([, spelling]) => spelling.length >= least));
}
