import type { Endpoint } from '../endpoint.ts';
import { oauthRefusal } from './oauth-error.ts';
import { requireTls } from './require-tls.ts';

/** Creates an OAuth endpoint: form requests, JSON responses, errors of RFC 6749. */
export function oauthEndpoint(answer: Endpoint): Endpoint {
  const overTls: Endpoint = async (request, provider) => {
    requireTls(provider.site);
    return answer(request, provider);
  };
  return Object.assign(overTls, { bodyType: 'application/x-www-form-urlencoded', refuse: oauthRefusal });
}
