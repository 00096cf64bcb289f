import type { Principal } from '../verify/verify-result.ts';

/** The prefix of the headers that only the gateway sets, as `foldHeaderName` returns it. */
const PREFIX = 'x-valetkey-';

/** The headers that tell the service who a request is for. Each is always sent; `-` means none. */
export interface Identity {
  readonly 'X-Valetkey-User': string;
  readonly 'X-Valetkey-User-Id': string;
  readonly 'X-Valetkey-Scopes': string;
  readonly 'X-Valetkey-Client-Id': string;
  readonly 'X-Valetkey-Key-Id': string;
  readonly 'X-Valetkey-Jwt': string;
}

/** The identity of a request without a key. */
export const NO_IDENTITY: Identity = {
  'X-Valetkey-User': '-',
  'X-Valetkey-User-Id': '-',
  'X-Valetkey-Scopes': '-',
  'X-Valetkey-Client-Id': '-',
  'X-Valetkey-Key-Id': '-',
  'X-Valetkey-Jwt': '-',
};

/** Kept as long as the verifier keeps the principal, because encoding takes longer than looking it up. */
const identities = new WeakMap<Principal, { readonly username: string; readonly identity: Identity }>();

/** Returns the identity of a request with a key. */
export function describeIdentity(principal: Principal, jwt: string): Identity {
  const { username } = principal.user;
  const known = identities.get(principal);
  if (known?.identity['X-Valetkey-Jwt'] === jwt && known.username === username) return known.identity;
  const identity = createIdentity(principal, jwt);
  identities.set(principal, { username, identity });
  return identity;
}

const createIdentity = ({ kind, user, key }: Principal, jwt: string): Identity => ({
  'X-Valetkey-User': encodeHeaderText(user.username),
  'X-Valetkey-User-Id': encodeHeaderText(user.id),
  'X-Valetkey-Scopes': kind === 'user_api_key' ? encodeHeaderText(key.scopes.join(' ')) : '-',
  'X-Valetkey-Client-Id': kind === 'user_api_key' ? encodeHeaderText(key.clientId) : '-',
  'X-Valetkey-Key-Id': String(key.id),
  'X-Valetkey-Jwt': jwt,
});

/**
 * Returns a text that is safe in a header: every character other than printable ASCII, and `%`, is percent-encoded as
 * UTF-8. An empty text becomes `-`, which means “none”; the text `-` becomes `%2D`.
 */
export function encodeHeaderText(text: string): string {
  if (text === '') return '-';
  if (text === '-') return '%2D';
  return text.toWellFormed().replace(/[^\x20-\x24\x26-\x7e]|^ | $/gu, encodeURIComponent);
}

/** Returns the name as CGI programs read it: in lower case, with `-` for every character except letters and digits. */
export const foldHeaderName = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '-');

/** Returns whether a header claims an identity, in any spelling. */
export const isIdentityHeader = (name: string): boolean => foldHeaderName(name).startsWith(PREFIX);
