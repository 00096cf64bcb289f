import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { parsePublicKey } from './public-key.ts';

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const spki = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const pkcs1 = pair.publicKey.export({ type: 'pkcs1', format: 'pem' }).toString();
const privatePem = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const der = pair.publicKey.export({ type: 'spki', format: 'der' });
const base64 = (text: string) => Buffer.from(text).toString('base64');
const base64url = (text: string) => Buffer.from(text).toString('base64url');
const toUrlSafe = (pem: string) =>
  pem.replace(
    /(-----\n)([^-]*)(-----END)/,
    (_, a, body, b) => a + body.replaceAll('+', '-').replaceAll('/', '_') + b,
  );

describe('parsePublicKey: what can be read without doubt is read', () => {
  test.each([
    ['base64 of a PEM', base64(spki)],
    ['base64 of a PKCS#1 PEM', base64(pkcs1)],
    ['base64 of a PEM, in lines of 76', base64(spki).replace(/.{76}/g, '$&\n')],
    ['base64 of a PEM with CRLF', base64(spki.replaceAll('\n', '\r\n'))],
    ['URL-safe base64 of a PEM', base64url(spki)],
    ['a PEM in the URL-safe alphabet', toUrlSafe(spki)],
    ['URL-safe base64 of the DER', der.toString('base64url')],
    ['base64 of the DER', der.toString('base64')],
  ])('%s', (_, text) => {
    expect(parsePublicKey(text).spkiPem).toBe(spki);
  });
});

describe('parsePublicKey: anything else is named for what it is', () => {
  const jwk = pair.publicKey.export({ format: 'jwk' });
  const xml = `<RSAKeyValue><Modulus>${jwk.n}</Modulus><Exponent>${jwk.e}</Exponent></RSAKeyValue>`;
  test.each([
    ['a JWK', JSON.stringify(jwk), { reason: 'public_key_is_jwk' }],
    ['a set of JWKs', JSON.stringify({ keys: [jwk] }, null, 2), { reason: 'public_key_is_jwk' }],
    ['the XML of .NET', xml, { reason: 'public_key_is_xml' }],
    ['undefined', 'undefined', { reason: 'public_key_without_value', sent: 'undefined' }],
    ['null', ' null\n', { reason: 'public_key_without_value', sent: 'null' }],
    ['an object', '[object Object]', { reason: 'public_key_without_value', sent: '[object Object]' }],
    ['None of Python', 'None', { reason: 'public_key_without_value', sent: 'None' }],
  ])('%s', (_, text, details) => {
    expect(() => parsePublicKey(text)).toThrow(
      expect.objectContaining({ code: 'public_key_unreadable', details }),
    );
  });

  test.each([
    ['base64 of a private PEM', base64(privatePem)],
    ['URL-safe base64 of a private PEM', base64url(privatePem)],
    ['a private JWK', JSON.stringify(pair.privateKey.export({ format: 'jwk' }))],
    ['private XML of .NET', xml.replace('</RSAKeyValue>', '<P>x</P><D>x</D></RSAKeyValue>')],
  ])('%s is a private key', (_, text) => {
    expect(() => parsePublicKey(text)).toThrow(expect.objectContaining({ code: 'public_key_is_private' }));
  });
});
