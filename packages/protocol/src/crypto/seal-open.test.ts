import { execFileSync } from 'node:child_process';
import { constants, createPublicKey, publicEncrypt, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import publicKeys from '../../vectors/public-keys.json' with { type: 'json' };
import sealedPayloads from '../../vectors/sealed-payloads.json' with { type: 'json' };
import { ValetkeyError } from '../errors/valetkey-error.ts';
import { openPayload } from './open.ts';
import { maxPayloadBytes } from './payload-size.ts';
import { parsePublicKey } from './public-key.ts';
import { sealPayload } from './seal.ts';

type KeyName = keyof typeof sealedPayloads.private_keys;
const privateKeyOf = (name: string) => sealedPayloads.private_keys[name as KeyName];
const key = parsePublicKey(publicKeys.keys.rsa2048);
const { pkcs8, pkcs1 } = sealedPayloads.private_keys.rsa2048;
const PADDINGS = ['oaep', 'pkcs1'] as const;

afterEach(() => {
  vi.unstubAllGlobals();
});

test.each(sealedPayloads.vectors)(
  'openPayload: decrypts $made_by, $key, $padding: $name',
  async ({ key: name, plaintext, sealed }) => {
    expect(await openPayload(sealed, privateKeyOf(name).pkcs8)).toBe(plaintext);
    expect(await openPayload(new Uint8Array(Buffer.from(sealed, 'base64')), privateKeyOf(name).pkcs1)).toBe(
      plaintext,
    );
  },
);

test.each(PADDINGS)('sealPayload: OpenSSL decrypts the result with %s', (padding) => {
  const directory = mkdtempSync(join(tmpdir(), 'valetkey-seal-'));
  try {
    writeFileSync(join(directory, 'key.pem'), pkcs8);
    const input = Buffer.from(sealPayload('{"key":"ü"}', key, padding), 'base64');
    const options = ['pkeyutl', '-decrypt', '-inkey', 'key.pem', '-pkeyopt', `rsa_padding_mode:${padding}`];
    expect(execFileSync('openssl', options, { cwd: directory, input }).toString()).toBe('{"key":"ü"}');
  } finally {
    rmSync(directory, { recursive: true });
  }
});

describe.each(PADDINGS)('sealPayload and openPayload with %s', (padding) => {
  test('decrypts what was encrypted, up to the maximum length', async () => {
    const maxBytes = maxPayloadBytes(2048, padding);
    const fitting = fc
      .string({ unit: 'grapheme', maxLength: 50 })
      .filter((text) => Buffer.byteLength(text) <= maxBytes);
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fitting, fc.constant('x'.repeat(maxBytes)), fc.constant('')),
        async (text) => {
          const sealed = sealPayload(text, key, padding);
          expect(sealed).toMatch(/^[A-Za-z0-9+/]{342}==$/);
          expect(await openPayload(sealed, pkcs8)).toBe(text);
        },
      ),
      { numRuns: 40 },
    );
  });

  test('rejects one byte above the maximum before encryption', () => {
    const text = 'x'.repeat(maxPayloadBytes(2048, padding) + 1);
    expect(() => sealPayload(text, key, padding)).toThrow(
      expect.objectContaining({ code: 'payload_too_large' }),
    );
  });

  test('encrypts the same text differently each time', () => {
    expect(sealPayload('x', key, padding)).not.toBe(sealPayload('x', key, padding));
  });

  test('rejects a changed ciphertext', async () => {
    const sealed = Buffer.from(sealPayload('x'.repeat(100), key, padding), 'base64');
    sealed.writeUInt8(sealed.readUInt8(200) ^ 1, 200);
    await expect(openPayload(sealed, pkcs8)).rejects.toThrow(ValetkeyError);
  });

  test('rejects another key of the same size', async () => {
    const sealed = sealPayload('secret', key, padding);
    const other = sealedPayloads.private_keys['rsa2048 with exponent 3'].pkcs8;
    await expect(openPayload(sealed, other)).rejects.toThrow(
      expect.objectContaining({ code: 'payload_cannot_be_opened' }),
    );
  });
});

test('rejects binary plaintext', async () => {
  const publicKey = createPublicKey(key.spkiPem);
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  const sealed = publicEncrypt({ key: publicKey, padding }, Buffer.from([0xff, 0xfe]));
  await expect(openPayload(sealed, pkcs8)).rejects.toThrow(
    expect.objectContaining({ code: 'payload_cannot_be_opened' }),
  );
});

test('openPayload: accepts a private key with line breaks as \\n', async () => {
  const sealed = sealPayload('x', key, 'oaep');
  for (const pem of [pkcs8, pkcs1]) expect(await openPayload(sealed, pem.replaceAll('\n', '\\n'))).toBe('x');
});

test('openPayload: decrypts both paddings without node:crypto', async () => {
  vi.stubGlobal('process', undefined);
  for (const { key: name, plaintext, sealed } of sealedPayloads.vectors)
    expect(await openPayload(sealed, privateKeyOf(name).pkcs8)).toBe(plaintext);
  const exponent3 = parsePublicKey(publicKeys.keys['rsa2048 with exponent 3']);
  const { pkcs8: own } = privateKeyOf('rsa2048 with exponent 3');
  expect(await openPayload(sealPayload('x', exponent3, 'pkcs1'), own)).toBe('x');
});

describe('openPayload with a non-extractable key', () => {
  const importKey = () => {
    const der = Buffer.from(pkcs8.replace(/-----[^-]+-----/g, ''), 'base64');
    return crypto.subtle.importKey('pkcs8', der, { name: 'RSA-OAEP', hash: 'SHA-1' }, false, ['decrypt']);
  };

  test('decrypts OAEP, and gives advice for an old site', async () => {
    const privateKey = await importKey();
    expect(await openPayload(sealPayload('x', key, 'oaep'), privateKey)).toBe('x');
    await expect(openPayload(sealPayload('x', key, 'pkcs1'), privateKey)).rejects.toThrow(/forOldSites/);
  });

  test('rejects a payload of another length', async () => {
    const privateKey = await importKey();
    const sealed = sealPayload('x', key, 'oaep').slice(0, 200);
    await expect(openPayload(sealed, privateKey)).rejects.toMatchObject({ code: 'sealed_payload_truncated' });
  });
});

test('openPayload: distinguishes a truncated payload from one for another key', async () => {
  const sealed = sealPayload('x', key, 'oaep');
  for (let length = 90; length < 341; length += 1) {
    const failed = await openPayload(sealed.slice(0, length), pkcs8).catch((error: unknown) => error);
    const isWhole = Math.floor((length * 3) / 4) % 64 === 0 && length % 4 !== 1;
    const code = isWhole ? 'payload_cannot_be_opened' : 'sealed_payload_truncated';
    expect(failed, `${length} letters`).toMatchObject({ code });
  }
});

const encrypted = publicKeys.refused.filter(({ name }) => /private key, encrypted PKCS/.test(name));
test.each<[name: string, pem: string, reason: string]>([
  ...encrypted.map(({ name, text }): [string, string, string] => [name, text, 'passphrase']),
  ['the public key', publicKeys.keys.rsa2048, 'not a private key'],
  ['nothing', '', 'not a private key'],
  [
    'an EC key',
    publicKeys.refused.find(({ name }) => name === 'private key, EC')?.text ?? '',
    'not an RSA key',
  ],
  ['half a key', pkcs8.replace(/(KEY-----\n[^-]{400})[^-]*/, '$1'), 'is incomplete'],
  ['a key of another size', sealedPayloads.private_keys.rsa3072.pkcs8, 'another size'],
])('openPayload: names %s instead of a private key', async (_name, pem, reason) => {
  const failure = openPayload(sealPayload('x', key, 'oaep'), pem);
  await expect(failure).rejects.toThrow(expect.objectContaining({ code: 'payload_cannot_be_opened' }));
  await expect(failure).rejects.toThrow(reason);
});

test('openPayload: throws only ValetkeyError, without the key', async () => {
  const edit = (text: string) =>
    fc
      .tuple(fc.nat(text.length), fc.nat(30), fc.string({ maxLength: 3 }))
      .map(([at, cut, insert]) => text.slice(0, at) + insert + text.slice(at + cut));
  const sealed = sealPayload('secret-text', key, 'pkcs1');
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(edit(sealed), fc.constant(sealed)),
      fc.oneof(edit(pkcs8), edit(pkcs1), fc.string()),
      async (text, pem) => {
        const result = await openPayload(text, pem).catch((error: unknown) => error);
        if (typeof result === 'string') return;
        expect(result).toBeInstanceOf(ValetkeyError);
        expect(String(result)).not.toContain(pkcs8.slice(100, 120));
      },
    ),
    { numRuns: 150 },
  );
  await expect(openPayload(randomBytes(256), pkcs8)).rejects.toThrow(ValetkeyError);
});
