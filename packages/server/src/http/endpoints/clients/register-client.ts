import { parseClientRegistration, parseRedirect, ValetkeyError } from '@valetkey/protocol';
import { createAuditEventFactory } from '../../../core/audit/audit-event-factory.ts';
import { clientAuditTarget } from '../../../core/audit/audit-target.ts';
import { parsePeerIpAddress } from '../../../core/ip/ip-address.ts';
import { ipAddressGroup } from '../../../core/ip/ip-address-group.ts';
import type { Provider } from '../../../issue/provider.ts';
import { requireFeature } from '../../../issue/steps/check-feature.ts';
import { readPublicKey } from '../../../issue/steps/check-public-key.ts';
import { isRedirectListed } from '../../../issue/steps/check-redirect.ts';
import type { RegisteredClient } from '../../../ports/client-store.ts';
import { jsonResponse } from '../../responses.ts';
import type { Endpoint } from '../endpoint.ts';

const DAY_SECONDS = 86_400;
/** The number of newest clients examined for `Retry-After`. It bounds the cost of repeated requests. */
const MAX_EXAMINED = 200;

/**
 * `POST /user-api-key-client`: registers a client for all its users (PROTOCOL.md#register-a-client). Open to
 * everyone, so a setting restricts the scopes, and a rate limit the number.
 */
export const registerClient: Endpoint = async (request, provider) => {
  const { parameters, ipAddress } = request;
  const settings = provider.settings.current();
  requireFeature(settings);
  const registration = parseClientRegistration(parameters);
  const allowed = settings.allow_user_api_key_client_scopes;
  const refused = registration.scopes.filter((name) => !allowed.includes(name));
  if (refused.length > 0) {
    throw new ValetkeyError('scope_not_allowed', { refused_scopes: refused, allowed_scopes: allowed });
  }
  // As in Discourse, a redirect that the list does not allow yet can be registered. Each request for a key checks it again.
  const redirect = parseRedirect(registration.authRedirect);
  const publicKey = readPublicKey(registration.publicKey, settings).spkiPem;

  const client = {
    ...registration,
    publicKey,
    createdAt: provider.now(),
    // One subscriber controls all addresses of an IPv6 network, so the limit applies to the network.
    createdFrom: ipAddressGroup(ipAddress),
  };
  const audit = createAuditEventFactory('client_registered', clientAuditTarget, {
    actor: null,
    request,
    provider,
  });
  const outcome = await provider.store.registerClient(client, limitFor(ipAddress, provider), audit);
  if (outcome === 'already_registered') throw new ValetkeyError('client_already_registered');
  if (outcome === 'too_many') {
    throw new ValetkeyError('rate_limited', { wait_seconds: await waitSeconds(client, provider) });
  }
  return jsonResponse({ success: 'OK', redirect_allowed: isRedirectListed(redirect, settings) });
};

function limitFor(ipAddress: string, { settings, now }: Provider): { max: number; since: number } | null {
  const { user_api_key_clients_create_per_day, create_user_api_key_client_ip_rate_limit_override_ips } =
    settings.current();
  const peer = parsePeerIpAddress(ipAddress)?.text;
  const isExempt = create_user_api_key_client_ip_rate_limit_override_ips.some(
    (listed) => peer !== undefined && parsePeerIpAddress(listed)?.text === peer,
  );
  return isExempt ? null : { max: user_api_key_clients_create_per_day, since: now() - DAY_SECONDS * 1000 };
}

/**
 * Returns the seconds until a registration is possible, as far as the newest clients show; otherwise a day, which
 * always suffices.
 */
async function waitSeconds(
  { createdFrom, createdAt }: RegisteredClient,
  { store, settings }: Provider,
): Promise<number> {
  const newest = await store.listClients({ after: null, limit: MAX_EXAMINED });
  const filling = newest.filter((client) => client.createdFrom === createdFrom)[
    settings.current().user_api_key_clients_create_per_day - 1
  ];
  if (!filling) return DAY_SECONDS;
  return Math.max(1, Math.ceil((filling.createdAt - createdAt) / 1000) + DAY_SECONDS);
}
