import { ValetkeyError } from '@valetkey/protocol';
import { adminUseLimits, useLimits } from '../core/limits/use-limits.ts';
import type { MatchedRoute } from '../core/scopes/scope.ts';
import type { Provider } from '../issue/provider.ts';
import type { RequestContext } from '../ports/site.ts';
import type { Principal, UserKeyPrincipal, Verdict } from '../verify/verify-result.ts';
import { rateLimitHeaders } from './rate-limit-headers.ts';
import { type Credentials, readCredentials } from './read-credentials.ts';
import { refusalPage, refusalResponse } from './render-refusal.ts';

/** What the site is told about one of its own requests. */
export type Guarded =
  | { readonly kind: 'anonymous' }
  /** `headers` belong on the site's own answer: what is left of the limits, and privacy for a URL key. */
  | {
      readonly kind: 'key';
      readonly principal: Principal;
      readonly headers: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'refused'; readonly response: Response };

/** An answer to a URL key is for its reader alone, and no link in it passes the address on. */
const URL_KEY_HEADERS = {
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'private',
  'X-Robots-Tag': 'noindex',
};

/** Judges a request to the site's own route by the key it carries, and makes HTTP of a refusal. */
export async function guard(
  request: Request,
  route: MatchedRoute,
  { ipAddress }: RequestContext,
  provider: Provider,
): Promise<Guarded> {
  const credentials = readCredentials(request, route, provider.scopes);
  if (credentials.kind === 'none') return { kind: 'anonymous' };

  const isInUrl = credentials.kind !== 'admin_key' && credentials.isInUrl;
  const privacy: Record<string, string> = isInUrl ? URL_KEY_HEADERS : {};
  const verdict = await judgeCredentials(credentials, request, route, ipAddress, provider).catch(
    refuseUnavailable,
  );
  if (!verdict.allowed) {
    const response =
      route.format === 'html' ? await refusalPage(verdict, request, provider) : refusalResponse(verdict);
    for (const [name, value] of Object.entries(privacy)) response.headers.set(name, value);
    return { kind: 'refused', response };
  }
  const { principal, uses } = verdict;
  const settings = provider.settings.current();
  if (principal.kind === 'user_api_key' && credentials.kind === 'user_key') {
    await renameClient(request, credentials.key, principal, provider);
  }
  const limits = principal.kind === 'admin_api_key' ? adminUseLimits(settings) : useLimits(settings);
  return {
    kind: 'key',
    principal,
    headers: { ...rateLimitHeaders(uses, limits, provider.now()), ...privacy },
  };
}

/** Rejects the request if the store is unavailable. */
function refuseUnavailable(error: unknown): Verdict {
  if (error instanceof ValetkeyError) return { allowed: false, code: error.code, details: error.details };
  throw error;
}

async function judgeCredentials(
  credentials: Exclude<Credentials, { kind: 'none' }>,
  request: Request,
  route: MatchedRoute,
  ipAddress: string,
  provider: Provider,
): Promise<Verdict> {
  if (credentials.kind === 'conflict') return { allowed: false, code: 'credentials_conflict' };
  const userAgent = request.headers.get('user-agent');
  const { method } = request;
  if (credentials.kind === 'admin_key') {
    if (isForeignBrowser(request, provider)) return { allowed: false, code: 'admin_key_from_browser' };
    const { key, username } = credentials;
    return provider.adminJudge.judge({ key, username, method, route, ipAddress, userAgent });
  }
  const { key, isInUrl } = credentials;
  return provider.judge.judge({ key, isInUrl, method, route, ipAddress, userAgent });
}

/** A page of another origin holds this key: whoever reads that page's source has it too. */
function isForeignBrowser({ headers }: Request, { site, settings }: Provider): boolean {
  const origin = headers.get('origin');
  if (origin === null || settings.current().cors_allow_admin_api_keys) return false;
  return origin !== new URL(site.baseUrl).origin;
}

/** `User-Api-Client-Id` renames the client of this key (PROTOCOL.md section 5); a text that will not do, or holds the key, is passed over. */
async function renameClient(
  { headers }: Request,
  presented: string,
  { key }: UserKeyPrincipal,
  { keys }: Provider,
): Promise<void> {
  const clientId = headers.get('user-api-client-id');
  if (clientId === null || clientId === key.clientId) return;
  if (clientId.toLowerCase().includes(presented)) return;
  if (clientId === '' || Buffer.byteLength(clientId) > 200 || /\p{Cc}/u.test(clientId)) return;
  const record = await keys.find(key.id);
  if (record?.kind === 'app') await keys.renameClient(record, clientId);
}
