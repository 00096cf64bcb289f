import { OauthError } from '../oauth-error.ts';

/**
 * The scopes that open no API: they select the claims about the user (OpenID Connect Core section 5.4), or request refresh
 * tokens.
 */
const IDENTITY_SCOPES: readonly string[] = ['openid', 'profile', 'email', 'offline_access'];

export const isIdentityScope = (name: string): boolean => IDENTITY_SCOPES.includes(name);

/** The requested scopes, without duplicates. */
export interface RequestedScopes {
  readonly api: readonly string[];
  /** Empty without `openid`, and on a site without OpenID Connect. */
  readonly identity: readonly string[];
}

const MAX_SCOPES = 100;

/**
 * Parses the parameter `scope` (RFC 6749 section 3.3). A request without scopes for the API gets the default scopes of the
 * site, unless it is a sign-in by `openid`.
 *
 * @throws OauthError `invalid_scope`
 */
export function parseScopes(
  text: string | null,
  { defaults, hasOpenId }: { readonly defaults: readonly string[]; readonly hasOpenId: boolean },
): RequestedScopes {
  const names = [...new Set((text ?? '').split(' ').filter((name) => name !== ''))];
  if (names.length > MAX_SCOPES || names.some((name) => !/^[\x21\x23-\x5b\x5d-\x7e]{1,100}$/.test(name))) {
    throw new OauthError('invalid_scope', 'Send names of scopes, separated by single spaces.');
  }
  const isSignIn = hasOpenId && names.includes('openid');
  const identity = isSignIn ? names.filter(isIdentityScope) : [];
  const asked = names.filter((name) => !isIdentityScope(name));
  const api = asked.length > 0 || isSignIn ? asked : defaults;
  if (api.length + identity.length === 0) {
    throw new OauthError('invalid_scope', 'Send the parameter scope: this site has no default scopes.');
  }
  return { api, identity };
}
