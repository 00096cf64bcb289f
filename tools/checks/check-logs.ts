// Why this exists: every forum that the tests started in a process of its own has left its output in test-results/logs, and so
// has every stage of tests. Tests that look for the very secrets they used cannot know of the others; this looks for the shapes
// of all secrets, in all of them.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../source-tree.ts';
import { reportProblems } from './report-problems.ts';

/** What no log may hold, by what it looks like. */
const SHAPES: Readonly<Record<string, RegExp>> = {
  'a key, a hash or a one-time password': /(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])|[0-9a-f]{64}/i,
  'a cookie or a token': /(?<![\w-])(?=[\w-]*[a-z])(?=[\w-]*[A-Z])[\w-]{43}(?![\w-])/,
  'a payload': /[A-Za-z0-9+/=_-]{160}/,
  'a parameter with a secret': /\b(?:\w*key|payload|nonce|token|code|oneTimePassword|password)=/i,
  'a code to type': /(?<![A-Z0-9])[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}(?![A-Z0-9])/,
  'a private key': /BEGIN [A-Z ]*PRIVATE KEY/,
  'a header with a secret': /\b(?:api-key|authorization|cookie)\b\s*['"]?:/i,
};

/** Sentences that say what is in which line of a log; never the line itself. */
export function findSecretShapes(name: string, log: string): string[] {
  return log.split('\n').flatMap((line, index) =>
    Object.entries(SHAPES)
      .filter(([, shape]) => shape.test(line))
      .map(([what]) => `${name}:${index + 1} looks as if it held ${what}`),
  );
}

if (import.meta.main) {
  const folder = join(root, 'test-results/logs');
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const logs = names.map((name) => [name, readFileSync(join(folder, name), 'utf8')] as const);
  const hasRequests = logs.some(([, log]) => /^(GET|POST) \/\S* \d{3} \d+ ms$/m.test(log));
  reportProblems(
    [
      ...(hasRequests ? [] : ['test-results/logs holds no request at all: nothing could be checked']),
      ...logs.flatMap(([name, log]) => findSecretShapes(name, log)),
    ],
    `${logs.length} logs of forums and tests hold nothing that looks like a secret`,
  );
}
