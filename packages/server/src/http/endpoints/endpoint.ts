import type { ValetkeyError } from '@valetkey/protocol';
import type { Provider } from '../../issue/provider.ts';
import type { EndpointRequest } from '../endpoint-request.ts';
import { refusalResponse } from '../render-refusal.ts';

/** Serves one request. A thrown `ValetkeyError` becomes a refusal in the requested format. */
export interface Endpoint {
  (request: EndpointRequest, provider: Provider): Promise<Response>;
  /** The only media type that the body may have. @default any readable type */
  readonly bodyType?: string;
  /** True if it reads credentials and body itself, because it verifies the one before the other. @default false */
  readonly readsRequest?: boolean;
  /** Renders refusals. @default the format that the request prefers */
  readonly refuse?: (refusal: ValetkeyError) => Response;
}

/**
 * Creates an endpoint for programs: JSON requests and responses only. A page of another origin cannot call it without
 * a preflight request.
 */
export function jsonEndpoint(answer: Endpoint): Endpoint {
  return Object.assign(answer, { bodyType: 'application/json', refuse: refusalResponse });
}
