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
 * Prepares a login that the site accepts: with the redirect if the site confirms it, otherwise for copy and paste. So
 * the user does not approve only to see an error page.
 *
 * @throws SiteRefusal if the site accepts neither
 */
export async function prepareLogin(
  { authRedirect, ...options }: LoginOptions,
  network: FetchOptions,
): Promise<{ readonly login: Login; readonly isRedirected: boolean }> {
  const copied = await createLogin(options);
  const ask = (url: URL) => precheckLogin({ url }, network);
  if (authRedirect === undefined) {
    checkResult(await ask(copied.url));
    return { login: copied, isRedirected: false };
  }
  const url = new URL(`${copied.url}&auth_redirect=${encodeURIComponent(authRedirect)}`);
  // In parallel, because the user waits.
  const [result, withoutRedirect] = await Promise.all([precheckRedirect({ url }, network), ask(copied.url)]);
  if (result.kind === 'accepted') return { login: { ...copied, url }, isRedirected: true };
  checkResult(withoutRedirect);
  return { login: copied, isRedirected: false };
}

function checkResult(result: PrecheckResult): void {
  if (result.kind === 'refused') throw result.refusal;
}
