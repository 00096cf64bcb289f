import type { Endpoint } from '../endpoint.ts';
import { oauthRefusal } from './oauth-error.ts';
import { requireTls } from './require-tls.ts';

/** Speaks as OAuth's endpoints do: a form in, JSON out, refusals in the words of RFC 6749. */
export function oauthEndpoint(answer: Endpoint): Endpoint {
  const overTls: Endpoint = async (request, provider) => {
    requireTls(provider.site);
    return answer(request, provider);
  };
  return Object.assign(overTls, { bodyType: 'application/x-www-form-urlencoded', refuse: oauthRefusal });
}
