// Runs a login on Hermes, the engine of React Native, which has no WebCrypto and no URL. The app provides the crypto.
// Big integers replace the native RSA module, on the side of the site too.
import { createLogin, type LoginCrypto, openLogin } from '@valetkey/client';
import { encodeBase64, parseSealedPayload } from '@valetkey/protocol';
import { unpadPkcs1 } from '@valetkey/protocol/open';
import vectors from '@valetkey/protocol/vectors/sealed-payloads' with { type: 'json' };
import { type Checks, runChecks, same } from './program.ts';

/** Inserted by hermes.test.ts: a private key of the vectors, parsed by Node, and the public half of another one. */
interface NativeKey {
  readonly publicKey: string;
  readonly otherPublicKey: string;
  readonly privateKey: string;
  readonly n: string;
  readonly e: string;
  readonly d: string;
}
declare const nativeKey: NativeKey;
declare const print: (text: string) => void;

const KEY = 'cd'.repeat(16);
const [n, e, d] = [BigInt(nativeKey.n), BigInt(nativeKey.e), BigInt(nativeKey.d)];

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (const bit of exponent.toString(2)) {
    result = (result * result) % n;
    if (bit === '1') result = (result * base) % n;
  }
  return result;
}

const toNumber = (bytes: Uint8Array): bigint =>
  BigInt(`0x${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`);
const toBlock = (number: bigint): Uint8Array => {
  const hex = number.toString(16).padStart(512, '0');
  return Uint8Array.from({ length: 256 }, (_, at) => Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16));
};

/** Encrypts with PKCS#1 v1.5, like a site. */
function seal(text: string): string {
  const message = new TextEncoder().encode(text);
  const padding = new Uint8Array(253 - message.length).fill(7);
  return encodeBase64(toBlock(power(toNumber(Uint8Array.from([0, 2, ...padding, 0, ...message])), e)));
}

let tokens = 0;
const crypto: LoginCrypto = {
  generateKeyPair: async () => nativeKey,
  randomToken() {
    tokens += 1;
    return `native-${tokens}`;
  },
  async openPayload(sealed) {
    const message = unpadPkcs1(toBlock(power(toNumber(parseSealedPayload(sealed)), d)));
    if (!message) throw new Error('This was not encrypted for the key.');
    return new TextDecoder().decode(message);
  },
};

const asked = { site: 'https://x.example', applicationName: 'A phone', scopes: ['read'], crypto };
const answerTo = (nonce: string) => seal(JSON.stringify({ key: KEY, nonce, push: false, api: 4 }));
const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'it opened',
    (error: { code?: string }) => error.code ?? String(error),
  );

const HERMES_CHECKS: Checks = {
  'has nothing that React Native has not': async () => {
    same([typeof globalThis.crypto, typeof globalThis.process, typeof Buffer], Array(3).fill('undefined'));
  },
  'a login runs on the crypto that the app brings': async () => {
    const login = await createLogin({ ...asked, authRedirect: 'myapp://callback', padding: 'pkcs1' });
    same(login.url.searchParams.get('public_key'), nativeKey.publicKey);
    const answer = `myapp://callback?payload=${encodeURIComponent(answerTo(login.nonce))}`;
    const { key, api } = await openLogin(login, answer, asked);
    same([key, api], [KEY, 4]);
  },
  'tells apart what is wrong with an answer': async () => {
    const login = await createLogin(asked);
    const sealed = answerTo('of somebody else');
    same(await codeOf(openLogin(login, sealed, asked)), 'nonce_mismatch');
    const mixedUp = new URL(login.url);
    mixedUp.searchParams.set('public_key', nativeKey.otherPublicKey);
    const foreign = encodeBase64(toBlock(n - 5n));
    same(await codeOf(openLogin(login, foreign, asked)), 'payload_cannot_be_opened');
    same(await codeOf(openLogin({ ...login, url: mixedUp }, foreign, asked)), 'key_pair_mismatch');
    same(await codeOf(openLogin(login, 'hello', asked)), 'sealed_payload_unreadable');
    same(await codeOf(openLogin(login, 'myapp://cb?error=access_denied', asked)), 'access_denied');
  },
  'opens what OpenSSL sealed with PKCS#1 v1.5': async () => {
    const made = vectors.vectors.filter(
      (vector) => vector.key === 'rsa2048' && vector.made_by === 'openssl' && vector.padding === 'pkcs1',
    );
    same(made.length > 1, true);
    for (const { sealed, plaintext } of made) same(await crypto.openPayload(sealed, ''), plaintext);
  },
};

runChecks(HERMES_CHECKS, { site: '', person: '' }).then((report) => print(JSON.stringify(report)));
