import { type Endpoint, oauthEndpoint, oauthError } from '@valetkey/server/extension';
import { OauthError } from './oauth-error.ts';

/** Creates an endpoint for clients: form requests, JSON responses, errors of RFC 6749 section 5.2. */
export function clientEndpoint(answer: Endpoint): Endpoint {
  return oauthEndpoint(async (request, provider) => {
    try {
      return await answer(request, provider);
    } catch (error) {
      if (!(error instanceof OauthError)) throw error;
      const usedBasic = /^\s*basic\b/i.test(request.raw.headers.get('authorization') ?? '');
      const isUnknownClient = error.error === 'invalid_client';
      const response = oauthError(error.error, error.message, isUnknownClient ? 401 : 400);
      // RFC 6749 section 5.2: the scheme that the client has used.
      if (isUnknownClient && usedBasic) response.headers.set('WWW-Authenticate', 'Basic realm="oauth"');
      return response;
    }
  });
}
