import {
  parseExpiry,
  parseKeyRequest,
  type RawParameters,
  requireParameter,
  ValetkeyError,
} from '@valetkey/protocol';
import { parseIpAddressList } from '../../core/ip/parse-ip-address-list.ts';
import { SCOPES_WITHOUT_ROUTES } from '../../core/scopes/scope-names.ts';
import type { Provider } from '../provider.ts';

/** What a person wants of a key of their own. */
export interface PersonalKeyRequest {
  readonly applicationName: string;
  readonly scopes: readonly string[];
  readonly expiresInSeconds: number | null;
  /** Null for anywhere. */
  readonly allowedIpAddresses: readonly string[] | null;
}

/** The scopes that a person can give a key of their own: no app asks, so none of those that are about one. */
export function listPersonalScopes({ scopes, settings }: Pick<Provider, 'scopes' | 'settings'>): string[] {
  return settings
    .current()
    .allow_user_api_key_scopes.filter(
      (name) => Object.hasOwn(scopes, name) && !SCOPES_WITHOUT_ROUTES.includes(name),
    );
}

/**
 * Reads `application_name`, `scopes` and `expires_in_seconds` by the rules for apps (PROTOCOL.md section 2), and
 * `allowed_addresses`. The boxes
 * of a form come one by one, as `scope:read`; they count as if they stood in `scopes`.
 *
 * @throws ValetkeyError `parameter_missing`, `parameter_invalid`, `parameter_too_long`, `scope_not_allowed`,
 * `expiry_invalid`, `expiry_too_long`, `address_list_invalid`
 */
export function parsePersonalKeyRequest(raw: RawParameters, provider: Provider): PersonalKeyRequest {
  const boxes = Object.keys(raw).flatMap((name) => (name.startsWith('scope:') ? [name.slice(6)] : []));
  const { application_name, expires_in_seconds, scopes = boxes.join(',') } = raw;
  // No app asks, so there is no client to tell from others and no answer to tie to a request.
  const parsed = parseKeyRequest({
    application_name,
    expires_in_seconds,
    scopes,
    client_id: '-',
    nonce: '-',
  });
  const allowed = listPersonalScopes(provider);
  const refused = parsed.scopes.filter((name) => !allowed.includes(name));
  if (refused.length > 0) {
    throw new ValetkeyError('scope_not_allowed', { refused_scopes: refused, allowed_scopes: allowed });
  }
  return {
    applicationName: requireParameter(parsed.applicationName, 'application_name'),
    scopes: parsed.scopes,
    expiresInSeconds: parseExpiry(parsed.expiresInSeconds, {
      maxDays: provider.settings.current().max_user_api_key_expiry_days,
    }),
    allowedIpAddresses: parseIpAddressList(raw.allowed_addresses),
  };
}
