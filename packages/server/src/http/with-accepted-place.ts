import { ValetkeyError } from '@valetkey/protocol';
import type { Endpoint } from './endpoints/endpoint.ts';

/** Where endpoints that accept one type of body accept parameters: they ignore the query. */
const PLACES: Readonly<Record<string, string>> = {
  'application/json': 'the JSON body',
  'application/x-www-form-urlencoded': 'the form body',
};

/**
 * Adds to the refusal of a missing parameter where this endpoint accepts it, so that the advice is true for the endpoint.
 * Returns every other refusal unchanged (PROTOCOL.md#errors).
 */
export function withAcceptedPlace(
  refusal: ValetkeyError,
  method: string,
  { bodyType = '' }: Pick<Endpoint, 'bodyType'>,
): ValetkeyError {
  if (refusal.code !== 'parameter_missing') return refusal;
  const isReading = method === 'GET' || method === 'HEAD';
  const accepted_in = PLACES[bodyType] ?? (isReading ? 'the query' : 'the query, the form or the JSON body');
  return new ValetkeyError(refusal.code, { ...refusal.details, accepted_in }, { cause: refusal.cause });
}
