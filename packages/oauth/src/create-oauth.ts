import type { Extension } from '@valetkey/server';
import type { EndpointTable } from '@valetkey/server/extension';
import {
  blockOauthClient,
  createRefreshOauthClient,
  deleteOauthClient,
  unblockOauthClient,
} from './admin/change-oauth-client.ts';
import { listOauthClients } from './admin/list-oauth-clients.ts';
import { registerOauthClient } from './admin/register-oauth-client.ts';
import { createApproveAuthorization, createDeclineAuthorization } from './authorize/approve-authorization.ts';
import { createShowAuthorization } from './authorize/show-authorization.ts';
import { createClientDocuments } from './clients/client-documents.ts';
import { createDocumentFetcher, type FetchDocument } from './clients/document-fetcher.ts';
import { createOauthClients } from './clients/oauth-clients.ts';
import { registerDynamicClient } from './clients/register-dynamic-client.ts';
import { createStartDeviceAuthorization } from './device/start-device-authorization.ts';
import { createResourceMetadata } from './metadata/resource-metadata.ts';
import { createServerMetadata } from './metadata/server-metadata.ts';
import type { OauthContext } from './oauth-context.ts';
import { answerPreflight, openToAllOrigins } from './open-to-all-origins.ts';
import { createOpenId, type OpenIdOptions } from './openid/open-id.ts';
import { createJwks, createOpenIdMetadata } from './openid/openid-metadata.ts';
import { createSignOut } from './openid/sign-out.ts';
import { createUserinfo } from './openid/userinfo.ts';
import { PATHS } from './paths.ts';
import { createResources } from './resources.ts';
import { revokeGrant } from './revoke-grant.ts';
import { createIntrospect } from './token/introspect.ts';
import { createRevokeToken } from './token/revoke-token.ts';
import { createToken } from './token/token.ts';

/** The options of `createOauth`. */
export interface OauthOptions {
  /** Turns OpenID Connect on, for clients that sign users in. @default off */
  readonly openId?: OpenIdOptions | undefined;
  /**
   * The paths of resources besides the API, below the base URL, such as `/mcp`. A token is valid for the resources that
   * its client has requested (RFC 8707). @default none
   */
  readonly resources?: readonly string[];
  /** Fetches the metadata of clients. @default over https, from public IP addresses only */
  readonly fetchClientDocument?: FetchDocument | undefined;
}

/**
 * Creates the OAuth 2.1 authorization server of a site (PROTOCOL.md#oauth). Access tokens are user API keys, so the
 * site verifies them with `authorize`, like any other key.
 *
 * @example
 * ```ts
 * const valetkey = await createValetkey({ site, store, extensions: [createOauth()] });
 * ```
 */
export function createOauth({ resources = [], fetchClientDocument, openId }: OauthOptions = {}): Extension {
  return {
    servesResourceMetadata: true,
    start(provider) {
      const { site, now } = provider;
      const documents = createClientDocuments(fetchClientDocument ?? createDocumentFetcher(), now);
      const issuer = site.baseUrl.replace(/\/$/, '');
      const context: OauthContext = {
        provider,
        issuer,
        openId: openId ? createOpenId(openId, issuer, provider) : null,
        documents,
        clients: createOauthClients({ ...provider, documents }),
        resources: createResources(site.baseUrl, ['/', ...resources]),
      };
      const OPTIONS = answerPreflight;
      const ofResources = context.resources.paths.map((path) => [
        PATHS.resourceMetadata + path.replace(/\/$/, ''),
        { OPTIONS, GET: createResourceMetadata(path, context) },
      ]);
      const authorize = createShowAuthorization(context);
      const endpoints = {
        [PATHS.authorize]: { GET: authorize, POST: authorize },
        [PATHS.consent]: { POST: createApproveAuthorization(context) },
        [PATHS.decline]: { POST: createDeclineAuthorization(context) },
        [PATHS.token]: { OPTIONS, POST: openToAllOrigins(createToken(context)) },
        [PATHS.deviceAuthorization]: {
          OPTIONS,
          POST: openToAllOrigins(createStartDeviceAuthorization(context)),
        },
        [PATHS.revoke]: { OPTIONS, POST: openToAllOrigins(createRevokeToken(context)) },
        [PATHS.revokeGrant]: { POST: revokeGrant },
        [PATHS.register]: { OPTIONS, POST: registerDynamicClient },
        [PATHS.introspect]: { POST: createIntrospect(context) },
        [PATHS.serverMetadata]: { OPTIONS, GET: createServerMetadata(context) },
        ...Object.fromEntries(ofResources),
        ...createOpenIdEndpoints(context),
      };
      const adminPages = {
        '/oauth-clients': { GET: listOauthClients, POST: registerOauthClient },
        '/oauth-clients/block': { POST: blockOauthClient },
        '/oauth-clients/unblock': { POST: unblockOauthClient },
        '/oauth-clients/delete': { POST: deleteOauthClient },
        '/oauth-clients/refresh': { POST: createRefreshOauthClient(context) },
      };
      return { endpoints, adminPages };
    },
  };
}

/** The endpoints of OpenID Connect; none on a site without it. */
function createOpenIdEndpoints(context: OauthContext): EndpointTable {
  const { openId, provider } = context;
  if (!openId) return {};
  const signOut = provider.site.endSession && createSignOut(context, openId, provider.site.endSession);
  const OPTIONS = answerPreflight;
  const userinfo = openToAllOrigins(createUserinfo(openId));
  return {
    [PATHS.openIdMetadata]: { OPTIONS, GET: createOpenIdMetadata(context) },
    [PATHS.jwks]: { OPTIONS, GET: createJwks(openId) },
    [PATHS.userinfo]: { OPTIONS, GET: userinfo, POST: userinfo },
    ...(signOut && { [PATHS.signOut]: { GET: signOut, POST: signOut } }),
  };
}
