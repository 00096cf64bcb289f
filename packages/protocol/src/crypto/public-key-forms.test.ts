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
  pem.replace(/(-----\n)([^-]*)(-----END)/, (_, a, body, b) => a + body.replaceAll('+', '-').replaceAll('/', '_') + b);

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
    ['a JWK', JSON.stringify(jwk), 'it is a JWK, not PEM'],
    ['a set of JWKs', JSON.stringify({ keys: [jwk] }, null, 2), 'it is a JWK, not PEM'],
    ['the XML of .NET', xml, 'it is the XML of .NET, not PEM'],
    ['undefined', 'undefined', 'it is the text “undefined”, so a variable had no value'],
    ['null', ' null\n', 'it is the text “null”, so a variable had no value'],
    ['an object', '[object Object]', 'it is the text “[object Object]”, so a variable had no value'],
    ['None of Python', 'None', 'it is the text “None”, so a variable had no value'],
  ])('%s', (_, text, reason) => {
    expect(() => parsePublicKey(text)).toThrow(
      expect.objectContaining({ code: 'public_key_unreadable', details: { reason } }),
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
