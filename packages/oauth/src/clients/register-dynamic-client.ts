import { randomUUID } from 'node:crypto';
import type { StoredOauthClient } from '@valetkey/server';
import {
  clientAuditTarget,
  createAuditEventFactory,
  type Endpoint,
  ipAddressGroup,
  jsonResponse,
  requireFeature,
} from '@valetkey/server/extension';
import { openToAllOrigins } from '../open-to-all-origins.ts';
import { parseClientMetadata } from './parse-client-metadata.ts';

const DAY_MS = 86_400_000;

const refuse = (status: number, error: string, error_description: string): Response =>
  jsonResponse({ error, error_description }, status);

const answer: Endpoint = async (request, provider) => {
  const { store, settings, now } = provider;
  const current = settings.current();
  requireFeature(current);
  if (!current.allow_oauth_client_registration) {
    return refuse(403, 'access_denied', 'This site does not let clients register themselves.');
  }
  const metadata = parseClientMetadata(request.body);
  if (typeof metadata === 'string') {
    return refuse(
      400,
      metadata,
      'Send client_name, and redirect_uris with https, loopback or private-use URLs.',
    );
  }
  const createdAt = now();
  const client: StoredOauthClient = {
    clientId: randomUUID(),
    kind: 'dynamic',
    name: metadata.name,
    redirectUris: metadata.redirectUris,
    postLogoutRedirectUris: metadata.postLogoutRedirectUris,
    secretHash: null,
    requiresPkce: true,
    createdAt,
    createdBy: null,
    // One subscriber controls all addresses of an IPv6 network, so the limit applies to the network.
    createdFrom: ipAddressGroup(request.ipAddress),
    blockedAt: null,
  };
  const limit = { max: current.oauth_client_registrations_per_day, since: createdAt - DAY_MS };
  const about = () => clientAuditTarget(client);
  const audit = createAuditEventFactory('oauth_client_registered', about, { actor: null, request, provider });
  if ((await store.saveOauthClient(client, limit, audit)) !== 'saved') {
    return refuse(
      429,
      'temporarily_unavailable',
      'Too many clients were registered from this IP address today.',
    );
  }
  return jsonResponse(
    {
      client_id: client.clientId,
      client_id_issued_at: Math.floor(createdAt / 1000),
      client_name: client.name,
      redirect_uris: client.redirectUris,
      post_logout_redirect_uris: client.postLogoutRedirectUris,
      // A client that asks for a secret gets none: nobody has checked who it is.
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
    },
    201,
  );
};

/** `POST /oauth/register`: registers a public client (RFC 7591), if the setting `allow_oauth_client_registration` allows it. */
export const registerDynamicClient: Endpoint = openToAllOrigins(
  Object.assign(answer, {
    bodyType: 'application/json',
    refuse: ({ message }: Error) => refuse(400, 'invalid_client_metadata', message),
  }),
);
