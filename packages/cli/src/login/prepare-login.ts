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
  const ask = (url: URL) => askSite({ url }, network);
  if (authRedirect === undefined) {
    checkVerdict(await ask(copied.url));
    return { login: copied, isRedirected: false };
  }
  const url = new URL(`${copied.url}&auth_redirect=${encodeURIComponent(authRedirect)}`);
  // All at once, for the person waits; which of the answers counts is seen then.
  const [verdict, impossible, withoutRedirect] = await Promise.all([
    ask(url),
    ask(withImpossibleRedirect(url)),
    ask(copied.url),
  ]);
  // Old sites send everybody to sign in, and look at the redirect only afterwards: those take an impossible one as well.
  const isTaken =
    verdict.kind === 'accepted' || (verdict.kind === 'sent_to_login' && impossible.kind === 'refused');
  if (isTaken) return { login: { ...copied, url }, isRedirected: true };
  if (verdict.kind === 'refused' && !MAY_BE_THE_REDIRECT.has(verdict.refusal.code)) throw verdict.refusal;
  checkVerdict(withoutRedirect);
  return { login: copied, isRedirected: false };
}

function checkVerdict(verdict: AskVerdict): void {
  if (verdict.kind === 'refused') throw verdict.refusal;
}

function withImpossibleRedirect(request: URL): URL {
  const url = new URL(request);
  url.searchParams.set('auth_redirect', 'not-an-address');
  return url;
}
