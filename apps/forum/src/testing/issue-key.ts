import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { buildKeyRequestUrl, parsePayload } from '@valetkey/protocol';
import { openPayload } from '@valetkey/protocol/open';
import type { User } from './act-as.ts';
import { approveRequest } from './approve-request.ts';

/** What a key for a test is to be. */
export interface KeyWish {
  readonly scopes: readonly string[];
  /** Whose key. @default 'alice' */
  readonly as?: string | undefined;
  /** In seconds from now. @default it does not expire */
  readonly expiresInSeconds?: number | undefined;
  /** @default 'Test app' */
  readonly applicationName?: string | undefined;
  /** @default a new one each time, so that no key takes the place of an earlier one */
  readonly clientId?: string | undefined;
  /** Where notifications are to be pushed; the site has to list it. @default nowhere */
  readonly pushUrl?: string | undefined;
}

/** One pair for all: making one takes longer than everything else that a test does. */
let pair: { publicKey: string; privateKey: string } | undefined;

/** Goes the whole way of an app whose person approves, and opens what it gets. @throws {TestSiteRefusal} */
export async function issueKey(user: Pick<User, 'call'>, wish: KeyWish, site: string): Promise<string> {
  pair ??= generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const { scopes, expiresInSeconds = null, applicationName = 'Test app', pushUrl = null } = wish;
  const url = buildKeyRequestUrl(site, {
    applicationName,
    scopes,
    expiresInSeconds,
    pushUrl,
    clientId: wish.clientId ?? randomUUID(),
    nonce: randomUUID(),
    publicKey: pair.publicKey,
    padding: 'oaep',
  });
  const { payload } = await approveRequest(user, url, site);
  return parsePayload(await openPayload(payload, pair.privateKey)).key;
}
