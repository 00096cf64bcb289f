import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { errorBody, ValetkeyError } from '@valetkey/protocol';
import { ForumError } from '../http/forum-error.ts';
import { isSameText } from '../http/is-same-text.ts';
import { readBody } from '../http/read-body.ts';
import { jsonResponse } from '../http/responses.ts';
import { CONTROL_TABLE } from './control-table.ts';
import type { TestSite } from './start-test-site.ts';
import { TestSiteRefusal } from './test-site-refusal.ts';

/** The control address of a throw-away site. */
export interface ControlServer {
  /** Whoever knows it is every person of the site: 128 bits of it are random. A page in a browser cannot guess them. */
  readonly url: string;
  close(): void;
}

/**
 * Listens on this computer for the commands of control-table.ts, on a port of its own, so that nothing of it is part of the
 * site. Only the command `valetkey-test-site` starts it.
 *
 * @param stop what the command `stop` does, after it is answered
 */
export async function serveControl(site: TestSite, stop: () => void): Promise<ControlServer> {
  const secret = randomBytes(16).toString('hex');
  const server = createAdaptorServer({
    async fetch(request: Request) {
      const [, sent = '', name = ''] = new URL(request.url).pathname.split('/', 3);
      if (!isSameText(sent, secret)) return refuse(404, 'This is not the control address.');
      if (request.method !== 'POST') return refuse(405, 'Commands are sent with POST.');
      if (name === 'stop') {
        setImmediate(stop);
        return jsonResponse({ success: 'OK' });
      }
      return answer(site, name, request);
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/${secret}`, close: () => void server.close() };
}

async function answer(site: TestSite, name: string, request: Request): Promise<Response> {
  const control = Object.hasOwn(CONTROL_TABLE, name) ? CONTROL_TABLE[name] : undefined;
  if (!control)
    return refuse(404, `There is no ${name}; there are ${Object.keys(CONTROL_TABLE).join(', ')}, stop.`);
  try {
    return jsonResponse((await control(site, await readBody(request))) ?? { success: 'OK' });
  } catch (error) {
    if (error instanceof TestSiteRefusal) return jsonResponse(error.body, error.status);
    if (error instanceof ValetkeyError) return jsonResponse(errorBody(error.code, error.details), 400);
    return refuse(error instanceof ForumError ? error.status : 400, (error as Error).message);
  }
}

const refuse = (status: number, sentence: string): Response => jsonResponse({ errors: [sentence] }, status);
