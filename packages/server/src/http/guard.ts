import { ValetkeyError } from '@valetkey/protocol';
import { recogniseAdminKey } from '../judge/recognise-key.ts';
import { useLimits } from '../limits/use-limits.ts';
import { errorPage } from '../pages/error-page.ts';
import type { Provider } from '../provider.ts';
import type { MatchedRoute } from '../scopes/scope.ts';
import type { RequestContext } from '../site.ts';
import type { Principal, Refusal } from '../verdict.ts';
import { rateLimitHeaders } from './rate-limit-headers.ts';
import { pageResponse, refusalResponse } from './responses.ts';

/** What the site is told about one of its own requests. */
export type Guarded =
  | { readonly kind: 'anonymous' }
  /** `headers` belong on the site's own answer: they say what is left of the limits. */
  | { readonly kind: 'key'; readonly principal: Principal; readonly headers: Readonly<Record<string, string>> }
  | { readonly kind: 'refused'; readonly response: Response };

/** Judges a request to the site's own route by the key it carries, and makes HTTP of a refusal. */
export async function guard(
  request: Request,
  route: MatchedRoute,
  { address }: RequestContext,
  provider: Provider,
): Promise<Guarded> {
  const { headers, method } = request;
  const key = headers.get('user-api-key');
  const adminKey = headers.get('api-key');
  if (key === null && adminKey === null) return { kind: 'anonymous' };
  if (adminKey !== null && isForeignBrowser(request, provider)) return refused({ code: 'admin_key_from_browser' });
  if (key === null) return refused({ code: recogniseAdminKey(adminKey ?? '') ?? 'invalid_api_credentials' });
  if (adminKey !== null) return refused({ code: 'credentials_conflict' });

  const agent = headers.get('user-agent');
  const verdict = await provider.judge.judge({ key, method, route, address, agent });
  if (!verdict.allowed) return refused(verdict);
  await renameClient(headers.get('user-api-client-id'), verdict.principal, provider);
  const limits = useLimits(provider.settings.current());
  return {
    kind: 'key',
    principal: verdict.principal,
    headers: rateLimitHeaders(verdict.uses, limits, provider.now()),
  };

  async function refused({ code, details = {} }: Refusal): Promise<Guarded> {
    const isPage = route.format === 'html';
    const response = isPage
      ? await pageResponse(errorPage({ code, details }, provider), new ValetkeyError(code).status)
      : refusalResponse(code, details);
    return { kind: 'refused', response };
  }
}

/** A page of another origin holds this key: whoever reads that page's source has it too. */
function isForeignBrowser({ headers }: Request, { site, settings }: Provider): boolean {
  const origin = headers.get('origin');
  if (origin === null || settings.current().cors_allow_admin_api_keys) return false;
  return origin !== new URL(site.baseUrl).origin;
}

/** `User-Api-Client-Id` renames the client of this key (PROTOCOL.md section 5); a text that will not do is passed over. */
async function renameClient(clientId: string | null, { key }: Principal, { keys }: Provider): Promise<void> {
  if (clientId === null || clientId === key.clientId) return;
  if (clientId === '' || Buffer.byteLength(clientId) > 200 || /\p{Cc}/u.test(clientId)) return;
  const record = await keys.find(key.id);
  if (record) await keys.renameClient(record, clientId);
}
