import { ValetkeyError } from '@valetkey/protocol';
import type { Provider } from '../issue/provider.ts';
import type { RequestContext } from '../ports/site.ts';
import { findBearerChallenge, withChallenge } from './bearer-challenge.ts';
import { readEndpointRequest, wantsJson } from './endpoint-request.ts';
import type { Endpoint } from './endpoints/endpoint.ts';
import type { FoundEndpoint } from './endpoints/find-endpoint.ts';
import { findMisplacedKey } from './find-misplaced-key.ts';
import { readHeaderCredentials } from './read-credentials.ts';
import { refusalPage, refusalResponse } from './render-refusal.ts';
import { withAcceptedPlace } from './with-accepted-place.ts';

/** Serves one of the protocol’s own endpoints, and renders its refusals. */
export async function answer(
  request: Request,
  context: RequestContext,
  provider: Provider,
  { methods, pathParameters }: FoundEndpoint,
): Promise<Response> {
  const { method } = request;
  const answered = method === 'HEAD' && !methods.HEAD ? 'GET' : method;
  const endpoint = Object.hasOwn(methods, answered) ? methods[answered] : undefined;
  try {
    if (!endpoint) throw new ValetkeyError('method_not_allowed', { allowed_methods: Object.keys(methods) });
    checkBodyType(request, endpoint);
    if (!provider.freshness.isCurrent()) await provider.freshness.catchUp();
    if (!endpoint.readsRequest) await checkPlaceOfKey(request, provider);
    const read = await readEndpointRequest(request, context, endpoint);
    return await endpoint({ ...read, pathParameters }, provider);
  } catch (error) {
    if (!(error instanceof ValetkeyError)) throw error;
    const refusal = endpoint ? withAcceptedPlace(error, method, endpoint) : error;
    const refused = await refuse(refusal, endpoint, request, provider);
    const response = withChallenge(refused, challengeOf(refusal, request, provider));
    if (!endpoint) response.headers.set('Allow', Object.keys(methods).join(', '));
    return response;
  }
}

function refuse(
  error: ValetkeyError,
  endpoint: Endpoint | undefined,
  request: Request,
  provider: Provider,
): Response | Promise<Response> {
  if (endpoint?.refuse) return endpoint.refuse(error);
  return wantsJson(request) ? refusalResponse(error) : refusalPage(error, request, provider);
}

function challengeOf(error: ValetkeyError, { headers }: Request, { resourceMetadataUrl }: Provider) {
  const credential = readHeaderCredentials(headers);
  const isBearer = credential?.kind === 'user_key' && credential.isBearer === true;
  return isBearer ? findBearerChallenge(error, resourceMetadataUrl) : null;
}

/** @throws ValetkeyError `key_in_wrong_place` */
async function checkPlaceOfKey(request: Request, { verifier }: Provider): Promise<void> {
  if (readHeaderCredentials(request.headers) !== null) return;
  const refusal = await findMisplacedKey(request, verifier);
  if (refusal) throw new ValetkeyError(refusal.code, refusal.details);
}

/** @throws ValetkeyError `body_type_not_allowed` */
function checkBodyType({ headers }: Request, { bodyType }: Endpoint): void {
  const [sent = ''] = (headers.get('content-type') ?? '').split(';');
  if (bodyType !== undefined && sent.trim().toLowerCase() !== bodyType) {
    throw new ValetkeyError('body_type_not_allowed', { body_type: bodyType });
  }
}
