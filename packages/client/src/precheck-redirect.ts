import type { Login } from './login.ts';
import { type PrecheckResult, precheckLogin } from './precheck-login.ts';
import type { HttpOptions } from './send-request.ts';

/** What a site makes of a request that names a redirect. */
export type RedirectPrecheckResult =
  /** It would take the request, and send the answer there. */
  | { readonly kind: 'accepted' }
  | Extract<PrecheckResult, { kind: 'refused' }>
  /** It does not say before a sign-in: old sites let people approve, and only then show an error. */
  | { readonly kind: 'unconfirmed' };

/** No site can allow it, for it is no address. */
const IMPOSSIBLE = 'not-an-address';

/**
 * Learns, before any browser opens, whether the site would send an answer to the redirect of a login. Sites send everybody
 * who is not signed in to their login; whether they looked at the redirect first is found out with an impossible one.
 *
 * @throws {ValetkeyError} `site_unreachable`
 * @see PROTOCOL.md sections 2 and 4
 * @example const { kind } = await precheckRedirect(login); if (kind === 'unconfirmed') show('Copy and paste the answer.');
 */
export async function precheckRedirect(
  login: Pick<Login, 'url'>,
  options?: HttpOptions,
): Promise<RedirectPrecheckResult> {
  const url = new URL(login.url);
  url.searchParams.set('auth_redirect', IMPOSSIBLE);
  // Both at once: a person waits.
  const [verdict, impossible] = await Promise.all([
    precheckLogin(login, options),
    precheckLogin({ url }, options),
  ]);
  if (verdict.kind !== 'sent_to_login') return verdict.kind === 'unknown' ? { kind: 'unconfirmed' } : verdict;
  const isJudged = impossible.kind === 'refused' && MAY_BE_THE_REDIRECT.includes(impossible.refusal.code);
  return { kind: isJudged && impossible.refusal.status < 429 ? 'accepted' : 'unconfirmed' };
}

/** Old sites refuse without a code. */
const MAY_BE_THE_REDIRECT: readonly (string | null)[] = [
  'redirect_not_allowed',
  'redirect_missing_host',
  null,
];
