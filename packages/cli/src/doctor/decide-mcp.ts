import { membersOf, type ResponseSnapshot, type SafeFetch } from '../site/response-snapshot.ts';
import { type Finding, finding } from './finding.ts';

/** How an agent without a token sees the site. */
export interface McpAnswers {
  /** The metadata of the resource `/mcp` (RFC 9728). */
  readonly metadata: ResponseSnapshot;
  /** The response to a message without a token. */
  readonly refusal: ResponseSnapshot;
}

/** Requests what an agent requests first. Sends no key, and changes nothing. */
export async function askAsAgent(site: string, safeFetch: SafeFetch): Promise<McpAnswers> {
  const { origin, pathname } = new URL(site);
  const path = pathname.replace(/\/$/, '');
  const metadata = new URL(`${origin}/.well-known/oauth-protected-resource${path}/mcp`);
  const accept = 'application/json, text/event-stream';
  return {
    metadata: await safeFetch(metadata, { headers: { Accept: 'application/json' } }),
    refusal: await safeFetch(new URL(`${site}/mcp`), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: accept },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' }),
    }),
  };
}

/** Decides whether agents can connect with the address alone (PROTOCOL.md#mcp). */
export function decideMcp(site: string, { metadata, refusal }: McpAnswers): Finding[] {
  const { resource, authorization_servers: servers } = metadata.status === 200 ? membersOf(metadata) : {};
  const challenge = refusal.headers.get('www-authenticate') ?? '';
  const named = /resource_metadata="([^"]+)"/.exec(challenge)?.[1];
  const isOff = typeof resource !== 'string' && named === undefined;
  if (isOff) return [finding('mcp_off', `The site has no tools for agents (${refusal.status}).`)];
  if (refusal.status !== 401 || named === undefined) {
    const seen = `/mcp responds to an agent without a token with ${refusal.status}, and does not name its metadata.`;
    return [finding('mcp_no_challenge', seen)];
  }
  if (resource !== `${site}/mcp` || named !== metadata.url || ![servers].flat().includes(site)) {
    return [finding('mcp_metadata_differs', `The metadata of /mcp is for ${resource ?? 'no resource'}.`)];
  }
  const scope = /scope="([^"]*)"/.exec(challenge)?.[1] ?? '';
  const first = scope === '' ? '' : `, and first ask for: ${scope}`;
  return [finding('mcp_on', `Agents connect with ${site}/mcp${first}.`)];
}
