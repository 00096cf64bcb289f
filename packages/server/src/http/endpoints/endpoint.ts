import type { ValetkeyError } from '@valetkey/protocol';
import type { Provider } from '../../issue/provider.ts';
import type { EndpointRequest } from '../endpoint-request.ts';
import { refusalResponse } from '../render-refusal.ts';

/** Answers one request. What it throws as `ValetkeyError` becomes a refusal in the form that was asked for. */
export interface Endpoint {
  (request: EndpointRequest, provider: Provider): Promise<Response>;
  /** The one media type that its body may have; any that can be read, if left out. */
  readonly bodyType?: string;
  /** How it words a refusal, where that is not by what the request prefers. */
  readonly refuse?: (refusal: ValetkeyError) => Response;
}

/** For programs only: JSON in, JSON out. No page can send it here without a preflight. */
export function jsonEndpoint(answer: Endpoint): Endpoint {
  return Object.assign(answer, { bodyType: 'application/json', refuse: refusalResponse });
}
