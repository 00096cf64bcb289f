import type { Refusal } from '@valetkey/server';
import { refusalBody, refusalHeaders, refusalStatus } from '@valetkey/server';
import { findBearerChallenge, formatChallenge } from '@valetkey/server/extension';
import { readSentences } from '../tools/read-sentences.ts';
import { jsonRpcError, type Message } from './json-rpc.ts';

/** The metadata of the resource, and the scopes that a client should request first. */
export interface ChallengeParts {
  readonly metadataUrl: string;
  readonly scopes: readonly string[];
  /** The scopes of the token; empty if it is unknown. */
  readonly granted: readonly string[];
}

/**
 * Returns a refusal with the status and the header that MCP clients act on: 401 to sign in, 403 `insufficient_scope` to
 * request more. The body is a JSON-RPC error with the same sentence, for clients that show only that.
 */
export function refuseMessage(refusal: Refusal, message: Message | null, parts: ChallengeParts): Response {
  const challenge = findChallenge(refusal, parts);
  const status = challenge?.status ?? refusalStatus(refusal);
  const data = refusalBody(refusal);
  return jsonRpcError(message, {
    status,
    // JSON-RPC reserves the numbers from -32768 to -32000; all others belong to the application.
    code: status,
    message: readSentences(data),
    data,
    headers: { ...refusalHeaders(refusal), ...(challenge && { 'WWW-Authenticate': challenge.header }) },
  });
}

function findChallenge(refusal: Refusal, { metadataUrl, scopes, granted }: ChallengeParts) {
  // Older clients request exactly what the challenge names, and would lose what they have.
  if (refusal.code !== 'token_missing') return findBearerChallenge(refusal, metadataUrl, granted);
  const scope = scopes.length === 0 ? {} : { scope: scopes.join(' ') };
  return { status: 401, header: formatChallenge({ resource_metadata: metadataUrl, ...scope }) };
}
