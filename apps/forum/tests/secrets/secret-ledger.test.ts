import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { SECRET_KINDS, type SecretKindName } from './secret-kinds.ts';
import { createSecretLedger } from './secret-ledger.ts';

const kinds = Object.keys(SECRET_KINDS) as SecretKindName[];
const key = randomBytes(16).toString('hex');
const disguises: Readonly<Record<string, string>> = {
  'as it is': key,
  'half of it': key.slice(0, 16),
  'the other half': key.slice(16),
  'in capitals': key.toUpperCase(),
  'in base64, with others around it': Buffer.from(`GET /${key} HTTP`).toString('base64'),
  'in base64, moved by one': Buffer.from(`x/${key} HTTP`).toString('base64url'),
  'as bytes': Buffer.from(key, 'hex').toString('latin1'),
  'as bytes in base64': Buffer.from(key, 'hex').toString('base64'),
};

test.each(kinds)('secret ledger: detects a %s in a log', (kind) => {
  const ledger = createSecretLedger();
  ledger.note(kind, key);
  for (const [name, disguise] of Object.entries(disguises)) {
    const found = ledger.leaksInLog(`GET /latest.json 200 3 ms\nsomething ${disguise} else\n`);
    expect(found, name).toHaveLength(1);
    expect(found.join()).not.toContain(key.slice(0, 12));
  }
  expect(ledger.leaksInLog(`GET /latest.json 200 ${randomBytes(16).toString('hex')}`)).toEqual([]);
});

test('secret ledger: a secret that one response may contain is detected in every other place', async () => {
  const ledger = createSecretLedger();
  const answers = [
    new Response(key),
    new Response('', { headers: { location: `/?payload=${encodeURIComponent(key)}` } }),
    new Response('', { headers: { 'x-hint': key } }),
  ];
  const fetch = ledger.witness(async () => answers.shift() ?? new Response());
  await fetch('/user-api-key.json', { method: 'POST' });
  await fetch('/latest');
  await fetch('/latest');
  ledger.note('payload', key);
  expect(ledger.leaksInAnswers()).toEqual([
    'payload (as it is) in GET /latest location (use)',
    'payload (as it is) in GET /latest headers (use)',
  ]);
  expect(ledger.leaksInFile('valetkey.sqlite', Buffer.from(`\0${key}\0`))).toHaveLength(1);
});

test('secret ledger: detects a cookie and a token that were not registered', async () => {
  const ledger = createSecretLedger();
  const page = `<input type="hidden" name="authenticity_token" value="${key}" />`;
  const cookie = randomBytes(32).toString('base64url');
  const headers = { 'set-cookie': `_forum_session=${cookie}; Path=/` };
  await ledger.witness(async () => new Response(page, { headers }))('/login');
  expect(ledger.leaksInAnswers()).toEqual([]);
  expect(ledger.leaksInLog(`${key} ${cookie}`)).toEqual([
    expect.stringContaining('session cookie'),
    expect.stringContaining('CSRF token'),
  ]);
});
