import { findUrl } from '@valetkey/protocol';
import type { Login } from './login.ts';
import { membersOf, readJson, textOf } from './read-json.ts';
import { type HttpOptions, type SiteRequest, sendBuilt } from './send-request.ts';
import { readSiteRefusal, SiteRefusal } from './site-refusal.ts';

/** Whether a site would accept a request, before the user signs in. */
export type PrecheckResult =
  | { readonly kind: 'accepted' }
  /** The user has to sign in first. Old sites require that before they check the redirect. */
  | { readonly kind: 'sent_to_login' }
  | { readonly kind: 'refused'; readonly refusal: SiteRefusal }
  /** The site has no JSON response for this request. */
  | { readonly kind: 'unknown' };

/**
 * Checks whether the site would accept a request, before a browser opens.
 *
 * @throws {ValetkeyError} `site_unreachable`
 * @see PROTOCOL.md#authorize-responses
 * @example const result = await precheckLogin(login); if (result.kind === 'refused') throw result.refusal;
 */
export async function precheckLogin(
  login: Pick<Login, 'url'>,
  options?: HttpOptions,
): Promise<PrecheckResult> {
  return processPrecheckResponse(await precheckRequest(login, options));
}

/** Builds the request that checks a login, to send with any HTTP client. @see PROTOCOL.md#authorize-responses */
export function buildPrecheck(login: Pick<Login, 'url'>): SiteRequest {
  const url = new URL(login.url);
  url.pathname += '.json';
  return { url, method: 'GET', headers: { Accept: 'application/json' } };
}

/** Sends the request. @throws {ValetkeyError} `site_unreachable` */
export function precheckRequest(login: Pick<Login, 'url'>, options?: HttpOptions): Promise<Response> {
  return sendBuilt(buildPrecheck(login), options);
}

/** Parses the response. */
export async function processPrecheckResponse(answer: Response): Promise<PrecheckResult> {
  // Browsers report a redirect as type `opaqueredirect` with status 0; React Native has already followed it.
  const isRedirect = answer.type === 'opaqueredirect' || (answer.status >= 300 && answer.status < 400);
  const isElsewhere = findUrl(answer.url)?.pathname.endsWith('/user-api-key/new.json') === false;
  if (isRedirect || isElsewhere) return { kind: 'sent_to_login' };
  if (!answer.headers.get('content-type')?.includes('json')) return { kind: 'unknown' };
  if (!answer.ok) {
    const refusal = await readSiteRefusal(answer);
    return refusal.errorType === 'not_logged_in' ? { kind: 'sent_to_login' } : { kind: 'refused', refusal };
  }
  const { state, reason, message } = membersOf(await readJson(answer));
  if (state === 'generic_error')
    return { kind: 'refused', refusal: refusalOf(textOf(reason), textOf(message)) };
  return { kind: typeof state === 'string' ? 'accepted' : 'unknown' };
}

function refusalOf(code: string | null, message: string | null): SiteRefusal {
  return new SiteRefusal({
    status: 200,
    code,
    errorType: null,
    errors: [message ?? 'The site rejects this request without giving a reason.'],
    advice: message ? '' : 'Request fewer scopes, or ask an admin which ones the site grants.',
    waitSeconds: null,
  });
}
