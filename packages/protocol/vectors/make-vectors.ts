// Creates public-keys.json and sealed-payloads.json with the commands openssl and ssh-keygen, so that they are
// independent of the code they test. The other vectors are written by hand.
//
// Use: node packages/protocol/vectors/make-vectors.ts
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parsePublicKey } from '../src/crypto/public-key.ts';
import { sealPayload } from '../src/crypto/seal.ts';
import { MANGLINGS } from './manglings.ts';

const WARNING = 'Test keys, published with this package: never use them for anything else.';
const directory = mkdtempSync(join(tmpdir(), 'valetkey-vectors-'));

function openssl(command: string, input: string | Buffer = ''): Buffer {
  return execFileSync('openssl', command.split(' '), {
    cwd: directory,
    input,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
}

function makeRsaKey(name: string, ...options: string[]) {
  const option = options.map((one) => ` -pkeyopt ${one}`).join('');
  openssl(`genpkey -algorithm RSA${option} -out ${name}.pem`);
  return {
    spki: String(openssl(`pkey -in ${name}.pem -pubout`)),
    pkcs1: String(openssl(`rsa -in ${name}.pem -RSAPublicKey_out`)),
    privatePkcs8: readFileSync(join(directory, `${name}.pem`), 'utf8'),
    privatePkcs1: String(openssl(`rsa -in ${name}.pem -traditional`)),
  };
}

function sshKey(type: string): { privateKey: string; publicKey: string } {
  execFileSync('ssh-keygen', [
    '-q',
    '-t',
    type,
    '-N',
    '',
    '-C',
    'test',
    '-f',
    join(directory, `ssh-${type}`),
  ]);
  const read = (name: string) => readFileSync(join(directory, name), 'utf8');
  return { privateKey: read(`ssh-${type}`), publicKey: read(`ssh-${type}.pub`) };
}

const bits = (count: number) => `rsa_keygen_bits:${count}`;
const keys = {
  rsa2048: makeRsaKey('rsa2048', bits(2048)),
  rsa3072: makeRsaKey('rsa3072', bits(3072)),
  rsa4096: makeRsaKey('rsa4096', bits(4096)),
  'rsa2048 with exponent 3': makeRsaKey('exponent3', bits(2048), 'rsa_keygen_pubexp:3'),
};

function makePublicKeys() {
  const accepted = Object.entries(keys).flatMap(([key, { spki, pkcs1 }]) =>
    Object.entries({ SPKI: spki, 'PKCS#1': pkcs1 }).flatMap(([format, pem]) =>
      // All manglings for the most common kind of key; other kinds only unchanged.
      Object.entries(key === 'rsa2048' ? MANGLINGS : { 'as it was made': (text: string) => text }).map(
        ([name, mangle]) => ({ name: `${format}, ${name}`, key, text: mangle(pem) }),
      ),
    ),
  );
  return { about: WARNING, keys: mapValues(keys, ({ spki }) => spki), accepted, refused: makeRefused() };
}

function makeRefused() {
  const { spki, pkcs1, privatePkcs1, privatePkcs8 } = keys.rsa2048;
  const encrypted = String(openssl('pkey -in rsa2048.pem -aes256 -passout pass:test'));
  const encryptedPkcs1 = String(openssl('rsa -in rsa2048.pem -traditional -aes256 -passout pass:test'));
  openssl('ecparam -name prime256v1 -genkey -noout -out ec.pem');
  openssl('genpkey -algorithm ED25519 -out ed25519.pem');
  openssl(`genpkey -algorithm RSA-PSS -pkeyopt ${bits(2048)} -out pss.pem`);
  const ecPrivate = readFileSync(join(directory, 'ec.pem'), 'utf8');
  const certificate = String(openssl('req -x509 -new -key rsa2048.pem -subj /CN=test -days 1'));
  const request = String(openssl('req -new -key rsa2048.pem -subj /CN=test'));
  const ssh = sshKey('rsa');
  const sshEd25519 = sshKey('ed25519');
  const rfc4716 = String(
    execFileSync('ssh-keygen', ['-e', '-m', 'RFC4716', '-f', join(directory, 'ssh-rsa.pub')]),
  );
  const withoutArmour = (pem: string) => pem.replace(/-----[^-]+-----/g, '');
  const rows: [name: string, code: string, text: string][] = [
    ['private key, PKCS#8', 'public_key_is_private', privatePkcs8],
    ['private key, PKCS#1', 'public_key_is_private', privatePkcs1],
    ['private key, encrypted PKCS#8', 'public_key_is_private', encrypted],
    ['private key, encrypted PKCS#1', 'public_key_is_private', encryptedPkcs1],
    ['private key, EC', 'public_key_is_private', ecPrivate],
    ['private key, OpenSSH', 'public_key_is_private', ssh.privateKey],
    ['private key after its public key', 'public_key_is_private', spki + privatePkcs8],
    ['private key, PKCS#8 without armour', 'public_key_is_private', withoutArmour(privatePkcs8)],
    ['private key, PKCS#1 without armour', 'public_key_is_private', withoutArmour(privatePkcs1)],
    ['private key, encrypted without armour', 'public_key_is_private', withoutArmour(encrypted)],
    ['private key, EC without armour', 'public_key_is_private', withoutArmour(ecPrivate)],
    [
      'private key under a public label',
      'public_key_is_private',
      privatePkcs8.replaceAll('PRIVATE', 'PUBLIC'),
    ],
    [
      'private key, percent-encoded twice',
      'public_key_is_private',
      MANGLINGS['percent-encoded twice']?.(privatePkcs8) ?? '',
    ],
    [
      'private key, every blank as +',
      'public_key_is_private',
      MANGLINGS['every blank as +']?.(privatePkcs1) ?? '',
    ],
    ['private key, only its label', 'public_key_is_private', '-----BEGIN RSA PRIVATE KEY-----'],
    ['private key, JWK', 'public_key_is_private', '{"kty":"RSA","n":"AQAB","e":"AQAB","d":"AQAB"}'],
    ['public key, EC', 'public_key_not_rsa', String(openssl('pkey -in ec.pem -pubout'))],
    ['public key, Ed25519', 'public_key_not_rsa', String(openssl('pkey -in ed25519.pem -pubout'))],
    ['public key, RSA-PSS', 'public_key_not_rsa', String(openssl('pkey -in pss.pem -pubout'))],
    ['ssh-rsa line', 'public_key_is_openssh', ssh.publicKey],
    ['ssh-rsa line, spaces as +', 'public_key_is_openssh', ssh.publicKey.replaceAll(' ', '+')],
    ['ssh-ed25519 line', 'public_key_is_openssh', sshEd25519.publicKey],
    ['SSH key without its type', 'public_key_is_openssh', ssh.publicKey.split(' ')[1] ?? ''],
    ['RFC 4716', 'public_key_is_openssh', rfc4716],
    ['certificate', 'public_key_is_certificate', certificate],
    ['certificate chain', 'public_key_is_certificate', certificate + certificate],
    ['certificate without armour', 'public_key_is_certificate', withoutArmour(certificate)],
    ['certificate request', 'public_key_is_certificate', request],
    ['512 bits', 'public_key_too_small', makeRsaKey('rsa512', bits(512)).spki],
    ['1024 bits', 'public_key_too_small', makeRsaKey('rsa1024', bits(1024)).spki],
    ['2040 bits', 'public_key_too_small', makeRsaKey('rsa2040', bits(2040)).spki],
    ['empty', 'public_key_unreadable', ''],
    ['a word', 'public_key_unreadable', 'hello'],
    ['an empty body', 'public_key_unreadable', '-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----\n'],
    ['cut off', 'public_key_unreadable', pkcs1.slice(0, 300)],
    ['a letter missing', 'public_key_unreadable', spki.slice(0, 100) + spki.slice(101)],
    ['a letter too many', 'public_key_unreadable', `${spki.slice(0, 100)}A${spki.slice(100)}`],
    ['two keys', 'public_key_unreadable', spki + spki],
    ['another letter in it', 'public_key_unreadable', spki.replace(/[A-Z](?=\n)/, '!')],
    ['a JSON object', 'public_key_unreadable', '{"kty":"RSA","n":"AQAB","e":"AQAB"}'],
  ];
  return rows.map(([name, code, text]) => ({ name, code, text }));
}

function makeSealedPayloads() {
  const plaintexts = {
    'no expiry': '{"key":"00112233445566778899aabbccddeeff","nonce":"5e1f","push":false,"api":4}',
    'expiry, push, a nonce beyond ASCII':
      '{"key":"00112233445566778899aabbccddeeff","nonce":"ключ🔑","push":true,"api":4,"expires_at":"2027-01-01T00:00:00Z"}',
    'one-time password': 'ffeeddccbbaa99887766554433221100',
  };
  const vectors = (['rsa2048', 'rsa3072', 'rsa4096'] as const).flatMap((key) =>
    Object.entries(plaintexts).flatMap(([name, plaintext]) =>
      (['oaep', 'pkcs1'] as const).flatMap((padding) => {
        const byOpenssl = openssl(
          `pkeyutl -encrypt -inkey ${key}.pem -pkeyopt rsa_padding_mode:${padding}`,
          plaintext,
        );
        const byUs = sealPayload(plaintext, parsePublicKey(keys[key].spki), padding);
        return [
          { name, key, padding, made_by: 'openssl', plaintext, sealed: byOpenssl.toString('base64') },
          { name, key, padding, made_by: 'valetkey', plaintext, sealed: byUs },
        ];
      }),
    ),
  );
  const private_keys = mapValues(keys, ({ privatePkcs1, privatePkcs8 }) => ({
    pkcs8: privatePkcs8,
    pkcs1: privatePkcs1,
  }));
  return { about: WARNING, private_keys, vectors };
}

function mapValues<T, R>(object: Readonly<Record<string, T>>, map: (value: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, map(value)]));
}

function write(name: string, value: object): void {
  writeFileSync(join(import.meta.dirname, name), `${JSON.stringify(value, null, 2)}\n`);
}

try {
  write('public-keys.json', makePublicKeys());
  write('sealed-payloads.json', makeSealedPayloads());
} finally {
  rmSync(directory, { recursive: true });
}
