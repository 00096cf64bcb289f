import { checkPrimeSync, constants, privateDecrypt } from 'node:crypto';
import { startTestSite } from '@valetkey/forum/testing';
import { expect, onTestFinished, test } from 'vitest';
import { describeWhenInstalled, requirePackage } from './installed.ts';

const KEYS = 200;
const SMALL_PRIMES = [
  3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97,
];

interface BigNumber {
  bitLength(): number;
  modInt(divisor: number): number;
  toString(radix: number): string;
  isProbablePrime(rounds: number): boolean;
}

/** Replaces the primality test of JSEncrypt by OpenSSL's, which is twenty times as fast. The keys stay JSEncrypt's. */
function speedUp(number: BigNumber): void {
  const prototype = Object.getPrototypeOf(number) as BigNumber;
  prototype.isProbablePrime = function isProbablePrime(this: BigNumber) {
    if (SMALL_PRIMES.some((prime) => this.modInt(prime) === 0)) return false;
    const digits = this.toString(16);
    return checkPrimeSync(Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex'));
  };
}

async function startSite() {
  const site = await startTestSite();
  onTestFinished(() => site.close());
  /** Runs the whole flow of an app with this public key. */
  const obtain = async (publicKey: string, client_id: string): Promise<string> => {
    const asked = { client_id, nonce: 'n', scopes: 'read', application_name: 'Page', public_key: publicKey };
    return (await site.approve(`${site.url}/user-api-key/new?${new URLSearchParams(asked)}`)).payload;
  };
  return { site, obtain };
}

describeWhenInstalled('RSA libraries of pages, unmodified', { timeout: 900_000 }, () => {
  test(`JSEncrypt: ${KEYS} generated keys all get through the whole flow, also those of 2047 bits`, async () => {
    const JSEncrypt = requirePackage('jsencrypt');
    speedUp(new JSEncrypt({ default_key_size: '256' }).getKey().n);
    const { site, obtain } = await startSite();
    const sizes = new Set<number>();
    for (let count = 0; count < KEYS; count += 1) {
      // Limits on approvals are not what is tested here.
      if (count % 10 === 9) await site.advance(3_600);
      const library = new JSEncrypt({ default_key_size: '2048' });
      sizes.add(library.getKey().n.bitLength());
      const payload = await obtain(library.getPublicKey(), 'jsencrypt');
      const { key, nonce } = JSON.parse(library.decrypt(payload));
      expect([key, nonce]).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/), 'n']);
    }
    expect([...sizes].toSorted()).toEqual([2047, 2048]);
  });

  test('jsrsasign: a generated key gets through the whole flow', async () => {
    const { KEYUTIL } = requirePackage('jsrsasign');
    const { obtain } = await startSite();
    const { prvKeyObj, pubKeyObj } = KEYUTIL.generateKeypair('RSA', 2048);
    const payload = await obtain(KEYUTIL.getPEM(pubKeyObj), 'jsrsasign');
    // Version 11 has no RSA decryption any longer; its users decrypt elsewhere.
    const key = KEYUTIL.getPEM(prvKeyObj, 'PKCS8PRV');
    const opened = privateDecrypt(
      { key, padding: constants.RSA_PKCS1_PADDING },
      Buffer.from(payload, 'base64'),
    );
    const { nonce } = JSON.parse(opened.toString());
    expect(nonce).toBe('n');
  });
});
