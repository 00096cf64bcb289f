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

/** The properties of a requested personal key. */
export interface PersonalKeyRequest {
  readonly applicationName: string;
  readonly scopes: readonly string[];
  readonly expiresInSeconds: number | null;
  /** Null for any IP address. */
  readonly allowedIpAddresses: readonly string[] | null;
  /** True if agents may use it, beside the API. */
  readonly isForAgents: boolean;
}

/** Returns the scopes that a personal key can have. Excludes those that only make sense for a client. */
export function listPersonalScopes({ scopes, settings }: Pick<Provider, 'scopes' | 'settings'>): string[] {
  return settings
    .current()
    .allow_user_api_key_scopes.filter(
      (name) => Object.hasOwn(scopes, name) && !SCOPES_WITHOUT_ROUTES.includes(name),
    );
}

/**
 * Parses `application_name`, `scopes` and `expires_in_seconds` by the rules for clients
 * (PROTOCOL.md#authorize-parameters), `allowed_addresses` and `for_agents`. Checkboxes of a form arrive as `scope:read`, and count
 * as items of `scopes`.
 *
 * @throws ValetkeyError `parameter_missing`, `parameter_invalid`, `parameter_too_long`, `scope_not_allowed`,
 *   `expiry_invalid`, `expiry_too_long`, `address_list_invalid`
 */
export function parsePersonalKeyRequest(raw: RawParameters, provider: Provider): PersonalKeyRequest {
  const boxes = Object.keys(raw).flatMap((name) => (name.startsWith('scope:') ? [name.slice(6)] : []));
  const { application_name, expires_in_seconds, scopes = boxes.join(',') } = raw;
  // There is no client, so client id and nonce have no meaning here.
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
    // A site without a resource for agents ignores it.
    isForAgents: provider.agentResource !== null && isTicked(raw.for_agents),
  };
}

/** A checkbox sends `1`, JSON may contain `true`. */
const isTicked = (value: unknown): boolean => value === '1' || value === 'true' || value === true;
