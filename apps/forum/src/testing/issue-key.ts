import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { buildKeyRequestUrl, parsePayload } from '@valetkey/protocol';
import { openPayload } from '@valetkey/protocol/open';
import type { TestUser } from './act-as.ts';
import { approveRequest } from './approve-request.ts';

/** The key that a test asks for. */
export interface KeyOptions {
  readonly scopes: readonly string[];
  /** The username of the key's user. @default 'alice' */
  readonly as?: string | undefined;
  /** Seconds until the key expires. @default it does not expire */
  readonly expiresInSeconds?: number | undefined;
  /** @default 'Test app' */
  readonly applicationName?: string | undefined;
  /** @default a new one for each key, so that no key replaces an earlier one */
  readonly clientId?: string | undefined;
  /** The URL that notifications are pushed to; the site must allow it. @default none */
  readonly pushUrl?: string | undefined;
}

/** Shared by all tests, because generating one is slow. */
let pair: { publicKey: string; privateKey: string } | undefined;

/** Requests a key as an app does, approves it and decrypts the payload. @throws {TestSiteError} */
export async function issueKey(
  user: Pick<TestUser, 'call'>,
  options: KeyOptions,
  site: string,
): Promise<string> {
  pair ??= generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const { scopes, expiresInSeconds = null, applicationName = 'Test app', pushUrl = null } = options;
  const url = buildKeyRequestUrl(site, {
    applicationName,
    scopes,
    expiresInSeconds,
    pushUrl,
    clientId: options.clientId ?? randomUUID(),
    nonce: randomUUID(),
    publicKey: pair.publicKey,
    padding: 'oaep',
  });
  const { payload } = await approveRequest(user, url, site);
  return parsePayload(await openPayload(payload, pair.privateKey)).key;
}
