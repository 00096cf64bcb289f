import {
  type AskVerdict,
  askSite,
  createLogin,
  type FetchOptions,
  type Login,
  type LoginOptions,
} from '@valetkey/client';

/** Codes of a refusal that may be about the redirect; old sites refuse without a code. */
const MAY_BE_THE_REDIRECT: ReadonlySet<string | null> = new Set([
  'redirect_not_allowed',
  'redirect_missing_host',
  null,
]);

/**
 * A login that the site will take: with the redirect if it surely allows that, else for copy and paste. So nobody signs
 * in and approves only to meet an error page.
 *
 * @throws SiteRefusal if the site takes neither
 */
export async function prepareLogin(
  { authRedirect, ...options }: LoginOptions,
  network: FetchOptions,
): Promise<{ readonly login: Login; readonly isRedirected: boolean }> {
  const copied = await createLogin(options);
  if (authRedirect !== undefined) {
    const url = new URL(`${copied.url}&auth_redirect=${encodeURIComponent(authRedirect)}`);
    const [verdict, impossible] = await Promise.all([askSite({ url }, network), askImpossible(url, network)]);
    // Old sites send everybody to sign in, and look at the redirect only afterwards: those take an impossible one as well.
    const isTaken =
      verdict.kind === 'accepted' || (verdict.kind === 'sent_to_login' && impossible.kind === 'refused');
    if (isTaken) return { login: { ...copied, url }, isRedirected: true };
    if (verdict.kind === 'refused' && !MAY_BE_THE_REDIRECT.has(verdict.refusal.code)) throw verdict.refusal;
  }
  const verdict = await askSite(copied, network);
  if (verdict.kind === 'refused') throw verdict.refusal;
  return { login: copied, isRedirected: false };
}

function askImpossible(request: URL, network: FetchOptions): Promise<AskVerdict> {
  const url = new URL(request);
  url.searchParams.set('auth_redirect', 'not-an-address');
  return askSite({ url }, network);
}
