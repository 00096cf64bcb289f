import { randomBytes } from 'node:crypto';
import { createOauth } from '@valetkey/oauth';
import { discourseScopes, hashKey, type Valetkey } from '@valetkey/server';
import { createTestSite } from '@valetkey/test-support/site/test-site';
import { createMcp } from '../create-mcp.ts';
import { defineTools } from '../tools/define-tools.ts';
import type { Tool } from '../tools/tool.ts';

export const ROUTES = [
  { name: 'topics#show', method: 'GET', path: '/t/:id', formats: ['json'] },
  { name: 'posts#create', method: 'POST', path: '/posts', formats: ['json'] },
  { name: 'admin#secrets', method: 'GET', path: '/t/secrets', formats: ['json'] },
] as const;

/** A tool that reads a topic, with these changes. */
export const readTopic = (changes: Partial<Tool> = {}): Tool => ({
  name: 'read_topic',
  title: 'Read a topic',
  description: 'Returns the title of a topic.',
  route: 'topics#show',
  method: 'GET',
  input: { type: 'object', properties: { id: { type: ['integer', 'string'] } }, required: ['id'] },
  toRequest: ({ id }) => ({ parameters: { id } }),
  ...changes,
});

const createPost: Tool = {
  name: 'create_post',
  title: 'Write a post',
  description: 'Adds a post.',
  route: 'posts#create',
  method: 'POST',
  input: { type: 'object', properties: { raw: { type: 'string', maxLength: 1000 } }, required: ['raw'] },
  toRequest: (input) => ({ body: input }),
};

/** What the site's own router has received. */
interface Served {
  readonly url: string;
  readonly headers: Headers;
  readonly body: string;
}

/** Creates a site with two routes, and its tools. */
export async function createMcpSite(options: Parameters<typeof createTestSite>[0] = {}) {
  const served: Served[] = [];
  /** What the routes respond; tests replace it. */
  const respond = {
    with: (url: URL): Response => Response.json({ path: url.pathname, title: 'Plums' }),
    /** Whether the routes verify their requests. */
    isGuarded: true,
  };
  let valetkey: Valetkey | null = null;
  const serve = async (request: Request, { ipAddress }: { ipAddress: string }): Promise<Response> => {
    const url = new URL(request.url);
    const name = request.method === 'POST' ? 'posts#create' : 'topics#show';
    const route = { name, format: 'json' };
    const authorized = respond.isGuarded ? await valetkey?.authorize(request, route, { ipAddress }) : null;
    if (authorized?.kind === 'refused') return authorized.response();
    if (authorized?.kind === 'anonymous') return Response.json({ errors: ['Sign in.'] }, { status: 403 });
    served.push({ url: request.url, headers: request.headers, body: await request.text() });
    return respond.with(url);
  };
  const tools = defineTools({ routes: ROUTES, tools: [readTopic(), createPost] });
  const site = await createTestSite({
    scopes: discourseScopes,
    ...options,
    extensions: [createOauth({ resources: ['/mcp'] }), createMcp({ tools, serve })],
  });
  valetkey = site.valetkey;
  const { origin, pathname } = new URL(options.baseUrl ?? 'https://forum.example');

  /** Stores a grant with one access token, as an approval does, and returns the token. */
  async function connect(
    changes: { scopes?: readonly string[]; resources?: readonly string[]; userId?: string } = {},
  ) {
    const { scopes = ['read'], resources = ['/', '/mcp'], userId = 'id-alice' } = changes;
    const token = randomBytes(16).toString('hex');
    const now = site.now();
    await site.store.createOauthGrant(
      { userId, clientId: 'agent', clientName: 'Agent', scopes, resources, createdAt: now, expiresAt: null },
      {
        accessTokenHash: hashKey(token),
        refreshTokenHash: hashKey(`refresh-${token}`),
        scopes,
        resources,
        createdAt: now,
        expiresAt: now + 3_600_000,
      },
    );
    return token;
  }

  /** Posts a message, or any other body, and returns status, headers and JSON. */
  async function post(
    token: string | null,
    body: unknown,
    init: { headers?: Record<string, string>; path?: string } = {},
  ) {
    const response = await site.send(init.path ?? '/mcp', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        ...(token !== null && { authorization: `Bearer ${token}` }),
        ...init.headers,
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await response.text();
    // biome-ignore lint/suspicious/noExplicitAny: tests read the JSON as it comes
    const json: any = text.startsWith('{') ? JSON.parse(text) : null;
    return { status: response.status, headers: response.headers, text, json };
  }

  return {
    ...site,
    postForm: site.post,
    served,
    respond,
    connect,
    post,
    metadataUrl: `${origin}/.well-known/oauth-protected-resource${pathname.replace(/\/$/, '')}/mcp`,
    /** Calls a tool in the era before 2026. */
    call: (token: string, name: string, input: object, headers: Record<string, string> = {}) =>
      post(
        token,
        { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: input } },
        { headers },
      ),
    async listToolNames(token: string): Promise<string[]> {
      const { json } = await post(token, { jsonrpc: '2.0', id: 1, method: 'tools/list' });
      return json.result.tools.map(({ name }: { name: string }) => name);
    },
    /** The subjects of the audited calls, oldest first. */
    async audited(): Promise<string[]> {
      const events = await site.store.listAuditEvents({
        beforeId: null,
        limit: 100,
        action: 'mcp_tool_called',
      });
      return events.map(({ subject }) => subject).reverse();
    },
  };
}
