import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { createForum } from '@valetkey/forum';
import { CHEAP_PASSWORDS } from '@valetkey/forum/testing';

/** The pages of a forum without keys: cookies sign users in, and the identity headers of a gateway name the user of a key. */
export interface PlainForum {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Starts a forum behind a gateway.
 *
 * @param baseUrl what people see
 */
export async function startPlainForum(baseUrl: string, now: () => number): Promise<PlainForum> {
  const forum = await createForum({ baseUrl, dataDir: null, now, passwordCost: CHEAP_PASSWORDS });
  const context = { ipAddress: '127.0.0.1' };

  async function toRequest(incoming: IncomingMessage): Promise<Request> {
    const headers = new Headers();
    for (const [name, value] of Object.entries(incoming.headersDistinct))
      if (!name.startsWith('x-valetkey-')) for (const each of value ?? []) headers.append(name, each);
    const user = incoming.headers['x-valetkey-user'];
    const session = user === '-' ? null : await forum.openSession(String(user));
    if (session) {
      headers.set('cookie', session.cookie);
      headers.set('x-csrf-token', session.csrfToken);
    }
    const { method = 'GET', url = '/' } = incoming;
    const body = await buffer(incoming);
    return new Request(baseUrl + url, {
      method,
      headers,
      ...(body.length > 0 && { body: new Uint8Array(body) }),
    });
  }

  /** Tells the gateway who is signed in. */
  async function describeVisitor(request: Request): Promise<Response> {
    const headers = { cookie: request.headers.get('cookie') ?? '', accept: 'application/json' };
    const current = await forum.fetch(new Request(`${baseUrl}/session/current.json`, { headers }), context);
    if (!current.ok) return new Response('{}', { status: 401 });
    const { current_user: user } = (await current.json()) as {
      current_user: { id: number; username: string; admin: boolean };
    };
    return Response.json({ id: user.id, username: user.username, admin: user.admin });
  }

  const server = createServer(async (incoming, outgoing) => {
    const request = await toRequest(incoming);
    const isQuestion = incoming.url === '/signed-in';
    const response = isQuestion ? await describeVisitor(request) : await forum.fetch(request, context);
    outgoing.writeHead(response.status, [...response.headers].flat());
    outgoing.end(Buffer.from(await response.arrayBuffer()));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
      await forum.close();
    },
  };
}
