import { recognizeUserKey } from '../verify/recognize-key.ts';
import type { RequestHead } from './request-head.ts';

/** `user:password` of `Authorization: Basic` (RFC 7617). */
export interface BasicCredentials {
  readonly user: string;
  readonly password: string;
}

const BASIC = /^\s*basic\s+([a-z0-9+/_-]{1,2000}={0,2})\s*$/i;

/** Returns the credentials of this `Authorization` header; null for another scheme, a list, and anything unreadable. */
export function readBasic(authorization: string): BasicCredentials | null {
  const encoded = BASIC.exec(authorization)?.[1];
  if (encoded === undefined) return null;
  // Decodes the URL-safe alphabet too. A password of another encoding is not a key.
  const text = Buffer.from(encoded, 'base64').toString('latin1');
  const colon = text.indexOf(':');
  return colon === -1 ? null : { user: text.slice(0, colon), password: text.slice(colon + 1) };
}

/**
 * Returns the password of `Authorization: Basic` if it has the form of a user API key, else null. The user name is
 * ignored. Decided by the form alone, because the password may be that of a proxy.
 */
export function readBasicKey(authorization: string | null): string | null {
  const password = authorization === null ? undefined : readBasic(authorization)?.password.trim();
  return password !== undefined && recognizeUserKey(password) === null ? password : null;
}

/**
 * Returns whether a key as Basic password counts in this request. Browsers repeat Basic credentials automatically, in
 * requests of other origins too: such a request must neither change anything nor have a session (PROTOCOL.md#basic).
 */
export function acceptsBasic({ method, headers }: Omit<RequestHead, 'url'>): boolean {
  return (method === 'GET' || method === 'HEAD') && headers.get('cookie') === null;
}
