import { constants, generateKeyPairSync, privateDecrypt, publicEncrypt } from 'node:crypto';
import { encodePayload, type Padding, parsePublicKey } from '@valetkey/protocol';
import { sealPayload } from '@valetkey/protocol/seal';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { createLogin, type Login, openLogin } from '../src/index.ts';
import { isSameText } from '../src/is-same-text.ts';

const KEY = 'cd'.repeat(16);
let login: Login;
beforeAll(async () => {
  login = await createLogin({
    site: 'https://x.example/forum/',
    applicationName: 'My app',
    scopes: ['read', 'write'],
  });
});

function seal(nonce: string, padding: Padding = 'oaep', of: Login = login): string {
  const publicKey = parsePublicKey(of.url.searchParams.get('public_key') ?? '');
  return sealPayload(
    encodePayload({ key: KEY, nonce, push: true, api: 4, expiresAt: '2027-01-01T00:00:00Z' }),
    publicKey,
    padding,
  );
}

test('createLogin: has a key pair, a random nonce and client id, and keeps the subfolder', async () => {
  expect(login.url.pathname).toBe('/forum/user-api-key/new');
  const { public_key: publicKey = '', ...asked } = Object.fromEntries(login.url.searchParams);
  expect(asked).toEqual({
    application_name: 'My app',
    client_id: login.clientId,
    nonce: login.nonce,
    scopes: 'read,write',
    padding: 'oaep',
  });
  expect(login.nonce).toMatch(/^[0-9a-f]{32}$/);
  const sealed = publicEncrypt({ key: publicKey, oaepHash: 'sha1' }, Buffer.from('fits'));
  expect(
    privateDecrypt({ key: login.privateKey, padding: constants.RSA_PKCS1_OAEP_PADDING }, sealed).toString(),
  ).toBe('fits');
  const other = await createLogin({ site: 'https://x.example', applicationName: 'My app', scopes: ['read'] });
  expect([other.nonce, other.clientId, other.privateKey]).not.toEqual([
    login.nonce,
    login.clientId,
    login.privateKey,
  ]);
});

test.each<[string, (payload: string) => string]>([
  ['bare', (payload) => payload],
  ['in lines', (payload) => payload.replace(/.{60}/g, '$&\n')],
  ['in an address', (payload) => `myapp://callback?payload=${encodeURIComponent(payload)}#x`],
  [
    'in a URL whose + became spaces',
    (payload) => `http://127.0.0.1:1/x?payload=${payload.replaceAll('+', ' ')}`,
  ],
])('openLogin: decrypts a payload %s, with either padding', async (_form, write) => {
  for (const padding of ['oaep', 'pkcs1'] as const) {
    const granted = await openLogin(login, write(seal(login.nonce, padding)));
    expect(granted).toEqual({
      key: KEY,
      clientId: login.clientId,
      scopes: ['read', 'write'],
      push: true,
      api: 4,
      expiresAt: '2027-01-01T00:00:00Z',
    });
  }
});

test.each<[string, () => string | Promise<string>, string]>([
  ['another nonce', () => seal('f'.repeat(32)), 'nonce_mismatch'],
  ['a longer nonce', () => seal(`${login.nonce}0`), 'nonce_mismatch'],
  ['no nonce', () => seal(''), 'nonce_mismatch'],
  [
    "somebody else's payload",
    async () =>
      seal(
        login.nonce,
        'oaep',
        await createLogin({ site: 'https://x.example', applicationName: 'a', scopes: ['read'] }),
      ),
    'payload_cannot_be_opened',
  ],
  ['half a payload', () => seal(login.nonce).slice(0, 172), 'sealed_payload_truncated'],
  ['nothing', () => '', 'sealed_payload_unreadable'],
  ['a no', () => 'myapp://callback?error=access_denied', 'access_denied'],
  ['a no among others', () => 'myapp://callback?a=1&error=access_denied&b=2', 'access_denied'],
])('openLogin: rejects %s', async (_case, answer, code) => {
  const failed = await openLogin(login, await answer()).catch((error: unknown) => error);
  expect(failed).toMatchObject({ code });
  expect(String(failed)).not.toContain(KEY);
});

test('openLogin: accepts a PKCS#1 private key', async () => {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const publicKey = parsePublicKey(pair.publicKey.export({ type: 'spki', format: 'pem' }).toString());
  const payload = encodePayload({ key: KEY, nonce: 'n', push: false, api: 4, expiresAt: null });
  const privateKey = pair.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
  const old = { ...login, nonce: 'n', privateKey };
  expect(await openLogin(old, sealPayload(payload, publicKey, 'oaep'))).toMatchObject({ key: KEY });
});

test('isSameText: agrees with ===', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'binary' }),
      (a, b) => isSameText(a, b) === (a === b),
    ),
  );
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (a) => isSameText(a, a) && !isSameText(a, `${a}x`)));
});
