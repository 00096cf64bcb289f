import { type Endpoint, jsonResponse, listGrantableScopes, type Provider } from '@valetkey/server/extension';
import type { OauthContext } from '../oauth-context.ts';
import { openToAllOrigins } from '../open-to-all-origins.ts';

/** `GET /.well-known/oauth-protected-resource`: the metadata of one resource of this site (RFC 9728). */
export const createResourceMetadata = (path: string, { issuer, resources }: OauthContext): Endpoint =>
  openToAllOrigins(async (_request, provider) => {
    const scopes = listScopes(path, provider);
    return jsonResponse({
      resource: resources.urlOf(path),
      authorization_servers: [issuer],
      // Section 3.2: a member without values is left out.
      ...(scopes.length > 0 && { scopes_supported: scopes }),
      bearer_methods_supported: ['header'],
      resource_name: provider.site.name,
    });
  });

/** Agents request all listed scopes if a challenge names none, so their resource lists only what its tools need. */
function listScopes(path: string, provider: Provider): readonly string[] {
  const { agentResource, listAgentScopes, settings, scopes } = provider;
  const ofTools = path === agentResource ? listAgentScopes() : null;
  return ofTools ?? listGrantableScopes(settings.current(), scopes);
}
