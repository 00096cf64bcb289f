import { type AskVerdict, askSite } from './ask-site.ts';
import type { Login } from './login.ts';
import type { HttpOptions } from './send-request.ts';

/** What a site makes of a request that names a redirect. */
export type RedirectVerdict =
  /** It would take the request, and send the answer there. */
  | { readonly kind: 'accepted' }
  | Extract<AskVerdict, { kind: 'refused' }>
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
 * @example const { kind } = await askRedirect(login); if (kind === 'unconfirmed') show('Copy and paste the answer.');
 */
export async function askRedirect(
  login: Pick<Login, 'url'>,
  options?: HttpOptions,
): Promise<RedirectVerdict> {
  const url = new URL(login.url);
  url.searchParams.set('auth_redirect', IMPOSSIBLE);
  // Both at once: a person waits.
  const [verdict, impossible] = await Promise.all([askSite(login, options), askSite({ url }, options)]);
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
