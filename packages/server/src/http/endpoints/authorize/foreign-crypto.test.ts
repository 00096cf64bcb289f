import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestSite, keyRequest } from '@valetkey/test-support/site/test-site';
import { afterAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'valetkey-openssl-'));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string) => join(folder, name);
const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: ['ignore', 'pipe', 'ignore'] });

interface Pem {
  /** Path of the private key. */
  readonly privateFile: string;
  readonly publicKey: string;
}

function fromOpenssl(form: 'spki' | 'pkcs1'): Pem {
  const [privateFile, publicFile] = [file(`openssl-${form}.pem`), file(`openssl-${form}.pub`)];
  openssl('genrsa', '-out', privateFile, '2048');
  openssl('rsa', '-in', privateFile, form === 'spki' ? '-pubout' : '-RSAPublicKey_out', '-out', publicFile);
  return { privateFile, publicKey: readFileSync(publicFile, 'utf8') };
}

function fromNode(form: 'spki' | 'pkcs1', bits = 2048): Pem {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: bits,
    publicKeyEncoding: { type: form, format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const privateFile = file(`node-${form}-${bits}.pem`);
  writeFileSync(privateFile, privateKey);
  return { privateFile, publicKey };
}

async function fromWebCrypto(form: 'spki' | 'pkcs1'): Promise<Pem> {
  const algorithm = {
    name: 'RSA-OAEP',
    modulusLength: 2048,
    publicExponent: Uint8Array.of(1, 0, 1),
    hash: 'SHA-1',
  };
  const pair = await crypto.subtle.generateKey(algorithm, true, ['encrypt', 'decrypt']);
  const pem = async (label: string, format: 'spki' | 'pkcs8', key: CryptoKey) => {
    const base64 = Buffer.from(await crypto.subtle.exportKey(format, key)).toString('base64');
    return `-----BEGIN ${label}-----\n${base64}\n-----END ${label}-----`;
  };
  const privateFile = file(`webcrypto-${form}.pem`);
  writeFileSync(
    privateFile,
    (await pem('PRIVATE KEY', 'pkcs8', pair.privateKey)).replace(/.{64}(?=.)/g, '$&\n'),
  );
  if (form === 'spki') return { privateFile, publicKey: await pem('PUBLIC KEY', 'spki', pair.publicKey) };
  return { privateFile, publicKey: openssl('rsa', '-in', privateFile, '-RSAPublicKey_out').toString() };
}

const sources = {
  'OpenSSL, SPKI': () => fromOpenssl('spki'),
  'OpenSSL, PKCS#1': () => fromOpenssl('pkcs1'),
  'Node, SPKI': () => fromNode('spki'),
  'Node, PKCS#1': () => fromNode('pkcs1'),
  'Node, 4096 bits': () => fromNode('spki', 4096),
  'WebCrypto, SPKI on one line': () => fromWebCrypto('spki'),
  'WebCrypto, PKCS#1': () => fromWebCrypto('pkcs1'),
};

for (const [name, makePair] of Object.entries(sources)) {
  test.each(['pkcs1', 'oaep'] as const)(
    `payload: OpenSSL decrypts it with a key created by ${name} (%s)`,
    async (padding) => {
      const { privateFile, publicKey } = await makePair();
      const { post } = await createTestSite();
      const form = keyRequest({ auth_redirect: null, public_key: publicKey, padding });
      const { payload } = (await (await post('/user-api-key.json', form, 'alice')).json()) as {
        payload: string;
      };

      const sealed = file('sealed.bin');
      writeFileSync(sealed, Buffer.from(payload, 'base64'));
      const opened = openssl(
        'pkeyutl',
        '-decrypt',
        '-inkey',
        privateFile,
        '-pkeyopt',
        `rsa_padding_mode:${padding}`,
        '-in',
        sealed,
      );
      expect(JSON.parse(opened.toString())).toMatchObject({ nonce: 'a-nonce-to-compare', api: 4 });
    },
  );
}
