import type { ErrorCode } from '@valetkey/protocol';
import { explainError } from '@valetkey/protocol/messages';
import { redactDetails } from '../core/redact/redact-text.ts';
import type { Refusal } from '../core/refusal.ts';

/** The refusals that a new token can solve (RFC 6750 section 3.1: `invalid_token`). */
const INVALID_TOKEN: ReadonlySet<ErrorCode> = new Set([
  'key_unknown',
  'key_expired',
  'key_revoked',
  'key_for_another_resource',
  'key_is_public_key',
  'key_is_encrypted_payload',
  'admin_key_in_user_header',
]);

/** Returns the URL of the metadata of a site’s API (RFC 9728 section 3.1). */
export function resourceMetadataUrl(baseUrl: string): string {
  const { origin, pathname } = new URL(baseUrl);
  return `${origin}/.well-known/oauth-protected-resource${pathname.replace(/\/$/, '')}`;
}

/** The status and the header `WWW-Authenticate` of a refused bearer token. */
export interface BearerChallenge {
  readonly status: 401 | 403;
  readonly header: string;
}

/**
 * Returns how a refusal is rendered for a request with `Authorization: Bearer`: 401 `invalid_token` or 403
 * `insufficient_scope` (RFC 6750 section 3). Returns null for a refusal that is the same for all credentials.
 *
 * @param resourceMetadataUrl the metadata of this site (RFC 9728); null if it has none
 * @param granted the scopes that the client has, for clients that request exactly the scopes of the challenge
 */
export function findBearerChallenge(
  { code, details }: Refusal,
  resourceMetadataUrl: string | null,
  granted: readonly string[] = [],
): BearerChallenge | null {
  const metadata = resourceMetadataUrl === null ? {} : { resource_metadata: resourceMetadataUrl };
  if (INVALID_TOKEN.has(code)) {
    const error_description = toQuotable(explainError({ code, details: redactDetails(details) }));
    return {
      status: 401,
      header: formatChallenge({ error: 'invalid_token', error_description, ...metadata }),
    };
  }
  if (code !== 'scope_insufficient') return null;
  // Each of them permits the request. The first one is the least that a site defines.
  const [scope] = Array.isArray(details.required_scopes) ? details.required_scopes : [];
  const needed = typeof scope === 'string' ? { scope: toQuotable([...granted, scope].join(' ')) } : {};
  return { status: 403, header: formatChallenge({ error: 'insufficient_scope', ...needed, ...metadata }) };
}

/** Returns the response with the status and the header of the challenge. */
export function withChallenge(response: Response, challenge: BearerChallenge | null): Response {
  if (!challenge) return response;
  const challenged = new Response(response.body, { status: challenge.status, headers: response.headers });
  challenged.headers.set('WWW-Authenticate', challenge.header);
  return challenged;
}

/** Returns the value of `WWW-Authenticate` with these parameters, whose values need no escaping. */
export function formatChallenge(parameters: Readonly<Record<string, string>>): string {
  const list = Object.entries(parameters).map(([name, value]) => `${name}="${value}"`);
  return list.length === 0 ? 'Bearer' : `Bearer ${list.join(', ')}`;
}

/** RFC 6750 allows visible ASCII without quotes and backslashes. */
const toQuotable = (text: string): string => text.replace(/["\\]/g, "'").replace(/[^\x20-\x7e]/g, '?');
