import { readHeaderCredentials } from '@valetkey/server/extension';

/**
 * Returns the access token of a request; null if there is none. Only `Authorization: Bearer` counts (MCP): a
 * `User-Api-Key` opens the API, and a token in the URL would be logged.
 */
export function readToken(headers: Headers): string | null {
  const credential = readHeaderCredentials(headers);
  return credential?.kind === 'user_key' && credential.isBearer === true ? credential.key : null;
}
