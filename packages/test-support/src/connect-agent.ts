import { createHash, randomBytes } from 'node:crypto';

/** Sends a form as a signed-in user, and returns the JSON of the response. */
export type SendForm = (method: string, path: string, form: Record<string, string>) => Promise<unknown>;

/** Approves the request of an authorization URL as a user would. Returns the URL that the client gets. */
export async function approveAuthorization(url: string | URL, as: SendForm): Promise<URL> {
  const asked = Object.fromEntries(new URL(url).searchParams);
  const form = { shown_scopes: asked.scope ?? 'read', ...asked };
  const { redirect_url } = (await as('POST', '/oauth/consent.json', form)) as { redirect_url: string };
  return new URL(redirect_url);
}

/** The access of an agent to `/mcp` of a forum. */
export interface ConnectedAgent {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Sends a message of the revisions before 2026. */
  // biome-ignore lint/suspicious/noExplicitAny: tests read the JSON as it comes
  send(method: string, params?: object): Promise<{ status: number; headers: Headers; json: any }>;
  /** Calls a tool and returns its JSON. @throws Error with the text of a failed call */
  // biome-ignore lint/suspicious/noExplicitAny: tests read the JSON as it comes
  call(name: string, input?: object): Promise<any>;
}

const CALLBACK = 'http://127.0.0.1/callback';

/** Registers an agent as an admin, and approves these scopes for `/mcp` as a user. */
export async function connectAgent(
  url: string,
  {
    admin,
    user,
    scope,
    name = 'An agent',
  }: { admin: SendForm; user: SendForm; scope: string; name?: string },
): Promise<ConnectedAgent> {
  const registered = await admin('POST', '/admin/oauth-clients.json', {
    name,
    kind: 'public',
    redirect_uris: CALLBACK,
  });
  const { client_id } = (registered as { client: { client_id: string } }).client;
  const code_verifier = randomBytes(32).toString('base64url');
  const authorization = new URL(`${url}/oauth/authorize`);
  authorization.search = String(
    new URLSearchParams({
      client_id,
      redirect_uri: CALLBACK,
      response_type: 'code',
      scope,
      resource: `${url}/mcp`,
      code_challenge: createHash('sha256').update(code_verifier).digest('base64url'),
      code_challenge_method: 'S256',
    }),
  );
  const redirect = await approveAuthorization(authorization, user);
  const code = redirect.searchParams.get('code') ?? '';
  const response = await fetch(`${url}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id,
      code,
      code_verifier,
      redirect_uri: CALLBACK,
    }),
  });
  if (!response.ok) throw new Error(`No token: ${await response.text()}`);
  const { access_token, refresh_token } = (await response.json()) as Record<string, string>;
  return createAgent(url, access_token ?? '', refresh_token ?? '');
}

function createAgent(url: string, accessToken: string, refreshToken: string): ConnectedAgent {
  const send: ConnectedAgent['send'] = async (method, params = {}) => {
    const response = await fetch(`${url}/mcp`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${accessToken}`,
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
      },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
    });
    return { status: response.status, headers: response.headers, json: await response.json() };
  };
  return {
    accessToken,
    refreshToken,
    send,
    async call(name, input = {}) {
      const { json } = await send('tools/call', { name, arguments: input });
      if (json.error) throw new Error(json.error.message);
      const [{ text }] = json.result.content;
      if (json.result.isError) throw new Error(text);
      return JSON.parse(text);
    },
  };
}
