import { ValetkeyError } from '@valetkey/protocol';
import { type EndpointRequest, hashKey, isSameText, readShortText } from '@valetkey/server/extension';
import { OauthError } from '../oauth-error.ts';
import type { OauthClient } from './oauth-client.ts';
import type { OauthClients } from './oauth-clients.ts';
import { parseClientUrl } from './parse-client-url.ts';

/** The client id and the secret of a request, unvalidated. */
interface ClientCredentials {
  readonly clientId: string;
  readonly secret: string | null;
}

/**
 * Returns the known client of a request; null if the id is missing or unknown.
 *
 * @throws OauthError `invalid_client`, `invalid_request`, if the client is known and its credentials are wrong
 */
export async function identifyClient(
  request: Pick<EndpointRequest, 'raw' | 'body'>,
  clients: Pick<OauthClients, 'find'>,
): Promise<OauthClient | null> {
  const credentials = readClientCredentials(request);
  const client = credentials && (await clients.find(credentials.clientId).catch(rejectBlocked));
  return client ? requireSecret(client, credentials.secret) : null;
}

/**
 * Returns the client of a request to the token, revocation or introspection endpoint (RFC 6749 section 2.3): by
 * `client_secret_basic`, by `client_secret_post`, or by `client_id` alone for a public client.
 *
 * @throws OauthError `invalid_client`, `invalid_request`
 */
export async function authenticateClient(
  request: Pick<EndpointRequest, 'raw' | 'body'>,
  clients: Pick<OauthClients, 'find'>,
): Promise<OauthClient> {
  const credentials = readClientCredentials(request);
  if (!credentials) throw new OauthError('invalid_client', 'Send client_id, or Authorization: Basic.');
  const client = await clients.find(credentials.clientId).catch(rejectBlocked);
  return requireSecret(client, credentials.secret);
}

function requireSecret(client: OauthClient | null, secret: string | null): OauthClient {
  const isAuthenticated =
    client?.secretHash === null
      ? secret === null
      : isSameText(hashKey(secret ?? ''), client?.secretHash ?? '');
  if (!client || !isAuthenticated) {
    throw new OauthError('invalid_client', 'The client is unknown, or its secret is wrong or missing.');
  }
  return client;
}

function rejectBlocked(error: unknown): never {
  if (!(error instanceof ValetkeyError)) throw error;
  throw new OauthError('invalid_client', 'An admin of this site has blocked this client.');
}

/** Returns null without a client id. */
function readClientCredentials({
  raw,
  body,
}: Pick<EndpointRequest, 'raw' | 'body'>): ClientCredentials | null {
  const basic = parseBasic(raw.headers.get('authorization') ?? '');
  const sentId = readClientId(body.client_id);
  const sentSecret = readShortText(body, 'client_secret');
  if (!basic) return sentId === null ? null : { clientId: sentId, secret: sentSecret };
  if (sentSecret !== null)
    throw new OauthError('invalid_request', 'Send the client secret in one place only.');
  if (sentId !== null && sentId !== basic.clientId) {
    throw new OauthError('invalid_request', 'The client_id differs from that of the Authorization header.');
  }
  return basic;
}

function readClientId(value: unknown): string | null {
  if (typeof value !== 'string' || value === '') return null;
  // A metadata URL is longer than other ids.
  if (parseClientUrl(value)) return value;
  return readShortText({ client_id: value }, 'client_id');
}

/** Both parts are percent-encoded as in a form (RFC 6749 section 2.3.1). */
function parseBasic(authorization: string): ClientCredentials | null {
  const [, encoded] = /^\s*basic\s+([A-Za-z0-9+/=]{1,2000})\s*$/i.exec(authorization) ?? [];
  if (encoded === undefined) return null;
  const [id = '', ...secret] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  try {
    const decode = (text: string) => decodeURIComponent(text.replaceAll('+', ' '));
    const clientId = decode(id);
    // PostgreSQL cannot compare text with NUL.
    if (!clientId.includes('\0')) return { clientId, secret: decode(secret.join(':')) || null };
  } catch {
    // As for a NUL.
  }
  throw new OauthError('invalid_request', 'The Authorization header is not encoded correctly.');
}
