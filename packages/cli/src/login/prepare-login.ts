import {
  createLogin,
  type FetchOptions,
  type Login,
  type LoginOptions,
  type PrecheckResult,
  precheckLogin,
  precheckRedirect,
} from '@valetkey/client';

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
  const ask = (url: URL) => precheckLogin({ url }, network);
  if (authRedirect === undefined) {
    checkVerdict(await ask(copied.url));
    return { login: copied, isRedirected: false };
  }
  const url = new URL(`${copied.url}&auth_redirect=${encodeURIComponent(authRedirect)}`);
  // All at once, for the person waits; which of the answers counts is seen then.
  const [verdict, withoutRedirect] = await Promise.all([precheckRedirect({ url }, network), ask(copied.url)]);
  if (verdict.kind === 'accepted') return { login: { ...copied, url }, isRedirected: true };
  checkVerdict(withoutRedirect);
  return { login: copied, isRedirected: false };
}

function checkVerdict(verdict: PrecheckResult): void {
  if (verdict.kind === 'refused') throw verdict.refusal;
}
