/** The forms of secrets that no log may contain. */
const SHAPES: Readonly<Record<string, RegExp>> = {
  'a key, a hash or a one-time password': /(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])|[0-9a-f]{64}/i,
  'a cookie or a token': /(?<![\w-])(?=[\w-]*[a-z])(?=[\w-]*[A-Z])[\w-]{43}(?![\w-])/,
  'a payload': /[A-Za-z0-9+/=_-]{160}/,
  'a parameter with a secret': /\b(?:\w*key|payload|nonce|token|code|oneTimePassword|password)=/i,
  'a code to type': /(?<![A-Z0-9-])[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}(?![A-Z0-9-])/,
  'a private key': /BEGIN [A-Z ]*PRIVATE KEY/,
  'a header with a secret': /\b(?:api-key|authorization|cookie)\b\s*['"]?:/i,
};

/**
 * Returns a sentence for each line of a log that looks like a secret. It names kind and position, and does not repeat
 * the line.
 */
export function findSecretShapes(name: string, log: string): string[] {
  return log.split('\n').flatMap((line, index) =>
    Object.entries(SHAPES)
      .filter(([, shape]) => shape.test(line))
      .map(([what]) => `${name}:${index + 1} looks as if it held ${what}`),
  );
}
