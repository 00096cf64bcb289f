import { openPayload } from '@valetkey/protocol/open';
import { generateKeyPair, type KeyPair } from './key-pair.ts';
import { randomToken } from './random-token.ts';

/**
 * The cryptography of a login, for runtimes without WebCrypto to bring their own.
 *
 * @see docs/guides/connect-your-app.md for React Native
 */
export interface LoginCrypto {
  /** A new RSA key pair of at least 2048 bits. */
  generateKeyPair(): Promise<KeyPair>;
  /** At least 128 bits that nobody can guess, in letters and digits. */
  randomToken(): string;
  /**
   * Decrypts with OAEP (SHA-1), or with PKCS#1 v1.5 if the login asked for `padding: 'pkcs1'`; rejects if it cannot.
   *
   * @param sealed base64 on one line
   */
  openPayload(sealed: string, privateKey: string | CryptoKey): Promise<string>;
}

/** What browsers, Node, Bun and Deno have. */
export const webCrypto: LoginCrypto = { generateKeyPair, randomToken: () => randomToken(), openPayload };
