import { OauthError } from '../oauth-error.ts';

/**
 * The scopes that open no API: they select the claims about the user (OpenID Connect Core section 5.4), or request refresh
 * tokens, which every grant has.
 */
const IDENTITY_SCOPES: readonly string[] = ['openid', 'profile', 'email', 'offline_access'];

/** The requested scopes, without duplicates. */
export interface RequestedScopes {
  readonly api: readonly string[];
  readonly identity: readonly string[];
}

const MAX_SCOPES = 100;

/**
 * Parses the parameter `scope` (RFC 6749 section 3.3). Without it, the client gets the default scopes of the site.
 *
 * @throws OauthError `invalid_scope`
 */
export function parseScopes(text: string | null, defaults: readonly string[]): RequestedScopes {
  const names = [...new Set((text ?? '').split(' ').filter((name) => name !== ''))];
  if (names.length > MAX_SCOPES || names.some((name) => !/^[\x21\x23-\x5b\x5d-\x7e]{1,100}$/.test(name))) {
    throw new OauthError('invalid_scope', 'Send names of scopes, separated by single spaces.');
  }
  const identity = names.filter((name) => IDENTITY_SCOPES.includes(name));
  const api = names.filter((name) => !IDENTITY_SCOPES.includes(name));
  return { identity, api: api.length > 0 ? api : defaults };
}
