import { ValetkeyError } from '@valetkey/protocol';
import type { AuditAction, AuditEventFactory, OauthGrant, StoredOauthClient } from '@valetkey/server';
import {
  adminPath,
  clientAuditTarget,
  createAuditEventFactory,
  type Endpoint,
  type EndpointRequest,
  grantAuditTarget,
  jsonResponse,
  type Provider,
  redirectResponse,
  requireAdmin,
} from '@valetkey/server/extension';
import type { OauthContext } from '../oauth-context.ts';

/** The audit events of one request of an admin. */
interface Audit {
  ofClient(action: AuditAction): AuditEventFactory<StoredOauthClient>;
  readonly ofGrant: AuditEventFactory<OauthGrant>;
}

type Change = (clientId: string, audit: Audit) => Promise<StoredOauthClient | null>;

/** Creates an endpoint that changes the client with the `client_id` of the form. */
function changeEndpoint(createChange: (provider: Provider) => Change): Endpoint {
  return async (request: EndpointRequest, provider) => {
    const { user } = await requireAdmin(request, provider);
    const { client_id } = request.body;
    const audit: Audit = {
      ofClient: (action) =>
        createAuditEventFactory(action, clientAuditTarget, { actor: user, request, provider }),
      ofGrant: createAuditEventFactory('key_revoked', grantAuditTarget, { actor: user, request, provider }),
    };
    const changed = typeof client_id === 'string' ? await createChange(provider)(client_id, audit) : null;
    if (!changed) throw new ValetkeyError('client_not_registered');
    if (request.wantsJson) return jsonResponse({ success: 'OK' });
    return redirectResponse(adminPath('oauthClients', provider), 303);
  };
}

/** `POST …/block`: the client is refused everywhere from now on, and its grants end. */
export const blockOauthClient = changeEndpoint((provider) => async (clientId, audit) => {
  const { store, now } = provider;
  const blocked = await store.setOauthClientBlocked(clientId, now(), audit.ofClient('oauth_client_blocked'));
  // After the block, so that no new grant is created between the two.
  if (blocked) await endGrants(clientId, audit, provider);
  return blocked;
});

/** `POST …/unblock` */
export const unblockOauthClient = changeEndpoint(
  ({ store }) =>
    (clientId, audit) =>
      store.setOauthClientBlocked(clientId, null, audit.ofClient('oauth_client_unblocked')),
);

/** `POST …/delete`: its grants end. A client with a metadata document can be approved again. */
export const deleteOauthClient = changeEndpoint((provider) => async (clientId, audit) => {
  const deleted = await provider.store.deleteOauthClient(clientId, audit.ofClient('oauth_client_deleted'));
  if (deleted) await endGrants(clientId, audit, provider);
  return deleted;
});

function endGrants(clientId: string, audit: Audit, { oauthGrants, now }: Provider): Promise<void> {
  return oauthGrants.revokeOfClient(
    clientId,
    { revokedAt: now(), reason: 'revoked_by_admin' },
    audit.ofGrant,
  );
}

/** `POST …/refresh`: the next request loads the metadata of the client again. */
export const createRefreshOauthClient = ({ documents }: OauthContext): Endpoint =>
  changeEndpoint(({ store }) => (clientId) => {
    documents.forget(clientId);
    return store.findOauthClient(clientId);
  });
