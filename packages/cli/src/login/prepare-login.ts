import { askSite, createLogin, type FetchOptions, type Login, type LoginOptions } from '@valetkey/client';

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
  if (authRedirect !== undefined) {
    const login = await createLogin({ ...options, authRedirect });
    const verdict = await askSite(login, network);
    const isTaken =
      verdict.kind === 'accepted' ||
      (verdict.kind === 'sent_to_login' && (await judgesRedirectsFirst(login, network)));
    if (isTaken) return { login, isRedirected: true };
    if (verdict.kind === 'refused' && !MAY_BE_THE_REDIRECT.has(verdict.refusal.code)) throw verdict.refusal;
  }
  const login = await createLogin(options);
  const verdict = await askSite(login, network);
  if (verdict.kind === 'refused') throw verdict.refusal;
  return { login, isRedirected: false };
}

/** Old sites send everybody to sign in, and look at the redirect only afterwards: those take an impossible one as well. */
async function judgesRedirectsFirst(login: Login, network: FetchOptions): Promise<boolean> {
  const url = new URL(login.url);
  url.searchParams.set('auth_redirect', 'not-an-address');
  return (await askSite({ url }, network)).kind === 'refused';
}
