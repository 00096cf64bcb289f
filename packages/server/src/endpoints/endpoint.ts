import type { EndpointRequest } from '../http/endpoint-request.ts';
import type { Provider } from '../provider.ts';

/** Answers one request. What it throws as `ValetkeyError` becomes a refusal in the form that was asked for. */
export type Endpoint = (request: EndpointRequest, provider: Provider) => Promise<Response>;
