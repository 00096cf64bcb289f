import { type Endpoint, jsonResponse, listGrantableScopes } from '@valetkey/server/extension';
import type { OauthContext } from '../oauth-context.ts';
import { openToAllOrigins } from '../open-to-all-origins.ts';

/** `GET /.well-known/oauth-protected-resource`: the metadata of one resource of this site (RFC 9728). */
export const createResourceMetadata = (path: string, { issuer, resources }: OauthContext): Endpoint =>
  openToAllOrigins(async (_request, { site, settings, scopes }) =>
    jsonResponse({
      resource: resources.urlOf(path),
      authorization_servers: [issuer],
      scopes_supported: listGrantableScopes(settings.current(), scopes),
      bearer_methods_supported: ['header'],
      resource_name: site.name,
    }),
  );
