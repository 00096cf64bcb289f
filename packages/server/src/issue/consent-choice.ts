import { parseExpiry, parseScopeList, type RawParameters, ValetkeyError } from '@valetkey/protocol';
import { hasPushScope } from '../core/scopes/scope-names.ts';
import type { Settings } from '../core/settings/setting-table.ts';
import { fitsPayload } from './steps/check-payload-size.ts';
import type { DeviceRequest } from './steps/evaluate-key-request.ts';

/** What a user selected on the consent page. Null means: as requested. */
export interface ConsentChoice {
  readonly scopes: readonly string[] | null;
  readonly expiresInSeconds: string | null;
}

/** A request of any flow. Without a public key, it is an OAuth request. */
type AnyRequest = Pick<DeviceRequest, 'parameters' | 'scopes' | 'push' | 'expiresInSeconds'> &
  Partial<Pick<DeviceRequest, 'publicKey' | 'padding'>>;

/**
 * Parses `granted_scopes` and `granted_expires_in_seconds` (PROTOCOL.md#approve). The checkboxes of the form arrive as
 * `grant:read` and count as items of `granted_scopes`.
 *
 * @throws ValetkeyError `parameter_invalid`
 */
export function parseConsentChoice(body: RawParameters): ConsentChoice {
  const read = (name: string): string => {
    const value = body[name] ?? '';
    if (typeof value !== 'string' && typeof value !== 'number') {
      throw new ValetkeyError('parameter_invalid', { parameter: name, reason: 'not_single_string' });
    }
    return String(value).trim();
  };
  const boxes = Object.keys(body).flatMap((name) => (name.startsWith('grant:') ? [name.slice(6)] : []));
  return {
    scopes: body.granted_scopes === undefined ? null : [...parseScopeList(read('granted_scopes')), ...boxes],
    expiresInSeconds: read('granted_expires_in_seconds') || null,
  };
}

/**
 * Returns the scopes that the user may refuse: those that the request names as optional. An OAuth client learns the
 * granted scopes from the token response, so each of its scopes is optional (RFC 6749 section 3.3).
 */
export function optionalScopesOf({ parameters, scopes, publicKey }: AnyRequest): readonly string[] {
  if (publicKey === undefined) return scopes.length > 1 ? scopes : [];
  return (parameters.optionalScopes ?? []).filter((name) => scopes.includes(name));
}

/** Returns whether the user can let the key expire earlier: an added expiry must fit into the encrypted payload. */
export function canExpireEarlier(request: AnyRequest): boolean {
  const { expiresInSeconds, publicKey, padding, parameters, push } = request;
  if (expiresInSeconds !== null || publicKey === undefined || padding === undefined) return true;
  return fitsPayload({ parameters, push, publicKey, padding, expiresInSeconds: 1 });
}

/**
 * Returns the request as the user granted it. A choice can only take away: it removes optional scopes, and lets the
 * key expire earlier.
 *
 * @throws ValetkeyError `no_scope_granted`, `expiry_invalid`, `expiry_too_long`
 */
export function applyConsentChoice<Request extends AnyRequest>(
  request: Request,
  choice: ConsentChoice,
  { max_user_api_key_expiry_days: maxDays }: Pick<Settings, 'max_user_api_key_expiry_days'>,
): Request {
  const optional = optionalScopesOf(request);
  const scopes = request.scopes.filter(
    (name) => choice.scopes === null || !optional.includes(name) || choice.scopes.includes(name),
  );
  if (scopes.length === 0) throw new ValetkeyError('no_scope_granted');
  const chosen = parseExpiry(choice.expiresInSeconds, { maxDays });
  const ends = [request.expiresInSeconds, chosen].filter((seconds) => seconds !== null);
  return {
    ...request,
    scopes,
    push: request.push && hasPushScope(scopes),
    expiresInSeconds: ends.length === 0 ? null : Math.min(...ends),
  };
}
