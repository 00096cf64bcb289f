import { openPayload } from '@valetkey/protocol/open';
import { generateKeyPair, type KeyPair } from './key-pair.ts';
import { randomToken } from './random-token.ts';

/**
 * The cryptography of a login. Runtimes without WebCrypto pass their own.
 *
 * @see docs/guides/connect-your-app.md for React Native
 */
export interface LoginCrypto {
  /** Generates an RSA key pair of at least 2048 bits. */
  generateKeyPair(): Promise<KeyPair>;
  /** Returns at least 128 random bits as letters and digits, from a cryptographic source. */
  randomToken(): string;
  /**
   * Decrypts OAEP (SHA-1), or PKCS#1 v1.5 if the login used `padding: 'pkcs1'`. Rejects if decryption fails.
   *
   * @param sealed base64 on one line
   */
  openPayload(sealed: string, privateKey: string | CryptoKey): Promise<string>;
}

/** WebCrypto, for browsers, Node, Bun and Deno. */
export const webCrypto: LoginCrypto = { generateKeyPair, randomToken: () => randomToken(), openPayload };
