import { constants, generateKeyPairSync, publicEncrypt, randomBytes } from 'node:crypto';
import { encodePayload, ValetkeyError } from '@valetkey/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openLogin, type PendingLogin } from '../src/index.ts';

// Small, so that ten thousand are decrypted in seconds. The code does not depend on the size.
const BYTES = 128;
const pair = generateKeyPairSync('rsa', { modulusLength: 8 * BYTES });
const login: PendingLogin = {
  clientId: 'c',
  nonce: 'ab'.repeat(4),
  privateKey: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
};
const KEY = 'cd'.repeat(16);
const payload = (nonce: string) => encodePayload({ key: KEY, nonce, push: false, api: 4, expiresAt: null });

const encrypt = (bytes: Uint8Array, padding: number) =>
  publicEncrypt({ key: pair.publicKey, padding }, bytes);
const sealed = {
  oaep: encrypt(Buffer.from(payload(login.nonce)), constants.RSA_PKCS1_OAEP_PADDING),
  pkcs1: encrypt(Buffer.from(payload(login.nonce)), constants.RSA_PKCS1_PADDING),
};

/** Encrypts a raw block: the given start, padding without zeros, then the message. */
function seal(start: readonly number[], message: Buffer): Buffer {
  const filler = randomBytes(BYTES - start.length - message.length).map((byte) => byte || 1);
  return encrypt(Buffer.concat([Buffer.from(start), filler, message]), constants.RSA_NO_PADDING);
}

const zero = Buffer.of(0);
const corrupted: fc.Arbitrary<string> = fc.oneof(
  // A payload with changed bytes.
  fc
    .tuple(
      fc.constantFrom(sealed.oaep, sealed.pkcs1),
      fc.array(fc.tuple(fc.nat(BYTES - 1), fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 4 }),
    )
    .filter(([, edits]) => new Set(edits.map(([at]) => at)).size === edits.length)
    .map(([bytes, edits]) => {
      const changed = Buffer.from(bytes);
      for (const [at, by] of edits) changed.writeUInt8(changed.readUInt8(at) ^ by, at);
      return changed.toString('base64');
    }),
  // A payload with missing characters.
  fc
    .tuple(fc.constantFrom(sealed.oaep, sealed.pkcs1), fc.nat(160), fc.integer({ min: 4, max: 60 }))
    .map(([bytes, at, count]) => {
      const text = bytes.toString('base64').replace(/=+$/, '');
      return text.slice(0, at) + text.slice(at + count);
    }),
  // Random bytes.
  fc.uint8Array({ minLength: BYTES, maxLength: BYTES }).map((bytes) => Buffer.from(bytes).toString('base64')),
  // Blocks of an attacker with the public key: every kind of wrong padding, and correct padding with an invalid
  // message.
  fc
    .tuple(
      fc.constantFrom(
        ...[
          [0, 2, 0],
          [0, 2, 5, 5, 5, 0],
          [0, 1],
          [0, 0],
          [0, 2],
        ],
      ),
      fc.constantFrom(
        Buffer.from(payload(login.nonce)),
        Buffer.concat([zero, randomBytes(20)]),
        Buffer.concat([zero, Buffer.from('{}')]),
        zero,
        Buffer.concat([zero, Buffer.from(payload('another!'))]),
      ),
    )
    .map(([start, message]) => seal(start, message).toString('base64')),
);

const CODES = [
  'payload_cannot_be_opened',
  'sealed_payload_truncated',
  'sealed_payload_unreadable',
  'payload_unreadable',
  'nonce_mismatch',
];

test('ten thousand corrupted payloads never open, and never fail but by name', {
  timeout: 120_000,
}, async () => {
  const met = new Set<string>();
  // Twenty in parallel, because most of the time is spent in worker threads.
  const twenty = fc.array(corrupted, { minLength: 20, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(twenty, async (texts) => {
      const failures = await Promise.all(
        texts.map((text) => openLogin(login, text).catch((error: unknown) => error)),
      );
      for (const failure of failures) {
        expect(failure).toBeInstanceOf(ValetkeyError);
        const { code } = failure as ValetkeyError;
        expect(CODES).toContain(code);
        expect(String(failure)).not.toContain(KEY);
        met.add(code);
      }
    }),
    { numRuns: 500 },
  );
  // Otherwise the forgeries were invalid and the test proves nothing.
  expect([...met]).toEqual(
    expect.arrayContaining(['payload_cannot_be_opened', 'payload_unreadable', 'nonce_mismatch']),
  );
});

test('openPayload: decrypts the original payload', async () => {
  expect(await openLogin(login, sealed.pkcs1.toString('base64'))).toMatchObject({ key: KEY });
});

test('openPayload: wrong padding and binary plaintext cause the same error', async () => {
  const nonsense = Buffer.concat([zero, Buffer.of(0xff, 0xfe, 0xfd)]);
  const refusals = await Promise.all(
    [seal([0, 1], zero), seal([0, 2, 0], zero), seal([0, 2], nonsense), seal([0, 2], Buffer.of(1))].map(
      (bytes) => openLogin(login, bytes.toString('base64')).catch(String),
    ),
  );
  expect(refusals[0]).toContain('encrypted for another key');
  expect(new Set(refusals).size).toBe(1);
});
