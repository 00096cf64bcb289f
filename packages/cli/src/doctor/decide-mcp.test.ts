import { expect, test } from 'vitest';
import { decideMcp } from './decide-mcp.ts';

const SITE = 'https://forum.example';
const WELL_KNOWN = `${SITE}/.well-known/oauth-protected-resource/mcp`;
const METADATA = { resource: `${SITE}/mcp`, authorization_servers: [SITE] };
const CHALLENGE = `Bearer resource_metadata="${WELL_KNOWN}", scope="read"`;

const answer = (url: string, status: number, body: unknown, challenge?: string) => ({
  url,
  status,
  headers: new Headers(challenge === undefined ? {} : { 'www-authenticate': challenge }),
  text: typeof body === 'string' ? body : JSON.stringify(body),
});

interface Seen {
  readonly metadata?: unknown;
  readonly status?: number;
  readonly challenge?: string;
}

test.each<[string, Seen, string]>([
  ['a site without MCP', { metadata: 'Not found', status: 404 }, 'mcp_off'],
  ['a sign-in wall for every URL', { metadata: '<p>Sign in</p>', status: 200 }, 'mcp_off'],
  ['a wall in front of /mcp only', { status: 403 }, 'mcp_no_challenge'],
  ['a challenge without metadata', { challenge: 'Bearer' }, 'mcp_no_challenge'],
  ['metadata behind a wall', { metadata: '<p>Sign in</p>', challenge: CHALLENGE }, 'mcp_metadata_differs'],
  [
    'metadata of another URL',
    { metadata: { ...METADATA, resource: SITE }, challenge: CHALLENGE },
    'mcp_metadata_differs',
  ],
  [
    'another authorization server',
    { metadata: { ...METADATA, authorization_servers: [] }, challenge: CHALLENGE },
    'mcp_metadata_differs',
  ],
  ['a site with MCP', { challenge: CHALLENGE }, 'mcp_on'],
])('doctor: what an agent finds: %s', (_name, { metadata = METADATA, status = 401, challenge }, code) => {
  const answers = {
    metadata: answer(WELL_KNOWN, status === 404 ? 404 : 200, metadata),
    refusal: answer(`${SITE}/mcp`, status, {}, challenge),
  };
  const [found] = decideMcp(SITE, answers);
  expect(found?.code).toBe(code);
  if (code === 'mcp_on')
    expect(found?.seen).toBe('Agents connect with https://forum.example/mcp, and first ask for: read.');
});
