import type { Login } from './login.ts';
import { type PrecheckResult, precheckLogin } from './precheck-login.ts';
import type { HttpOptions } from './send-request.ts';

/** Whether a site would accept a request with a redirect. */
export type RedirectPrecheckResult =
  /** The site accepts the request and the redirect. */
  | { readonly kind: 'accepted' }
  | Extract<PrecheckResult, { kind: 'refused' }>
  /** The site does not tell before sign-in. Old sites show the error only after the approval. */
  | { readonly kind: 'unconfirmed' };

/** Not a URL, so no site can allow it. */
const IMPOSSIBLE = 'not-an-address';

/**
 * Checks whether the site would send an answer to the redirect of a login, before a browser opens.
 *
 * Sites send users who are not signed in to the login page. A second request with an impossible redirect tells
 * whether the site checked the redirect before that.
 *
 * @throws {ValetkeyError} `site_unreachable`
 * @see PROTOCOL.md#authorize-responses, PROTOCOL.md#redirect-patterns
 * @example const { kind } = await precheckRedirect(login); if (kind === 'unconfirmed') show('Copy and paste the answer.');
 */
export async function precheckRedirect(
  login: Pick<Login, 'url'>,
  options?: HttpOptions,
): Promise<RedirectPrecheckResult> {
  const url = new URL(login.url);
  url.searchParams.set('auth_redirect', IMPOSSIBLE);
  // In parallel, because the user is waiting.
  const [result, impossible] = await Promise.all([
    precheckLogin(login, options),
    precheckLogin({ url }, options),
  ]);
  if (result.kind !== 'sent_to_login') return result.kind === 'unknown' ? { kind: 'unconfirmed' } : result;
  const isJudged = impossible.kind === 'refused' && MAY_BE_THE_REDIRECT.includes(impossible.refusal.code);
  return { kind: isJudged && impossible.refusal.status < 429 ? 'accepted' : 'unconfirmed' };
}

/** Old sites reject without a code. */
const MAY_BE_THE_REDIRECT: readonly (string | null)[] = [
  'redirect_not_allowed',
  'redirect_missing_host',
  null,
];
