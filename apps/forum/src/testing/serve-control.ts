import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { ValetkeyError } from '@valetkey/protocol';
import { errorBody } from '@valetkey/protocol/messages';
import { Hono } from 'hono';
import { timingSafeEqual } from 'hono/utils/buffer';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { ForumError } from '../http/forum-error.ts';
import { readBody } from '../http/read-body.ts';
import { CONTROL_TABLE } from './control-table.ts';
import type { TestSite } from './start-test-site.ts';
import { TestSiteError } from './test-site-error.ts';

/** The control server of a test site. */
export interface ControlServer {
  /** Contains 128 random bits, so that a page in a browser cannot guess it. Its holder can act as every user. */
  readonly url: string;
  close(): void;
}

/**
 * Serves the commands of control-table.ts on a loopback port of its own, separate from the site. Only the command
 * `valetkey-test-site` starts it.
 *
 * @param stop called after the command `stop` is answered
 */
export async function serveControl(site: TestSite, stop: () => void): Promise<ControlServer> {
  const secret = randomBytes(16).toString('hex');
  const server = createAdaptorServer({ fetch: controlApp(site, secret, stop).fetch });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/${secret}`, close: () => void server.close() };
}

function controlApp(site: TestSite, secret: string, stop: () => void): Hono {
  const app = new Hono();
  app.use(async (c, next) => {
    const [, sent = ''] = c.req.path.split('/', 2);
    if (!(await timingSafeEqual(sent, secret))) throw new ForumError(404, ['This is not the control URL.']);
    if (c.req.method !== 'POST') throw new ForumError(405, ['Send commands with POST.']);
    await next();
  });
  app.post('/:secret/stop', (c) => {
    setImmediate(stop);
    return c.json({ success: 'OK' });
  });
  app.post('/:secret/:name', async (c) => {
    const { name } = c.req.param();
    const control = Object.hasOwn(CONTROL_TABLE, name) ? CONTROL_TABLE[name] : undefined;
    if (!control) {
      const names = Object.keys(CONTROL_TABLE).join(', ');
      throw new ForumError(404, [`Unknown command ${name}. The commands are ${names}, stop.`]);
    }
    const result = await control(site, await readBody(c.req.raw));
    return c.json((result as object | undefined) ?? { success: 'OK' });
  });
  app.notFound((c) => c.json({ errors: ['Send commands to /<secret>/<command>.'] }, 404));
  app.onError((error, c) => {
    if (error instanceof TestSiteError)
      return c.json(error.body as object, error.status as ContentfulStatusCode);
    if (error instanceof ValetkeyError) return c.json(errorBody(error.code, error.details), 400);
    const status = error instanceof ForumError ? error.status : 400;
    return c.json({ errors: [error.message] }, status as ContentfulStatusCode);
  });
  return app;
}
