import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer, type Http2Bindings, type HttpBindings } from '@hono/node-server';
import { createForum, type ForumOptions, type RunningForum } from './forum.ts';
import { formatOf } from './http/formats.ts';
import { ForumError } from './http/forum-error.ts';
import { isOwnHost } from './http/is-own-host.ts';
import { errorResponse } from './http/responses.ts';

/** Where a forum listens, and what it begins with. */
export interface StartForumOptions extends Omit<ForumOptions, 'baseUrl'> {
  /** 0 picks a free one. */
  readonly port: number;
  /** Loopback only: the demo accounts have a password that everybody knows. */
  readonly host: string;
}

/** A forum that listens. */
export interface StartedForum {
  /** `http://127.0.0.1:4800` */
  readonly url: string;
  readonly forum: RunningForum;
  /** Lets requests under way finish, for three seconds at most; then writes what is buffered and closes. */
  close(): Promise<void>;
}

const GRACE_MS = 3_000;

/** @throws Error with a sentence: not a loopback host, port in use, data folder in use */
export async function startForum({ port, host, ...options }: StartForumOptions): Promise<StartedForum> {
  if (!isLoopback(host)) {
    throw new Error(
      `The demo accounts have a known password, so this forum listens on this computer only. Use --host 127.0.0.1 instead of ${host}.`,
    );
  }
  const ready = Promise.withResolvers<RunningForum>();
  // A failed start is reported by startForum itself.
  ready.promise.catch(() => {});
  const server = createAdaptorServer({
    async fetch(request: Request, { incoming }: HttpBindings | Http2Bindings) {
      const forum = await ready.promise;
      if (!isOwnHost(request.headers.get('host'), url))
        return errorResponse(wrongHost(url), formatOf(request));
      return forum.fetch(request, { ipAddress: incoming.socket.remoteAddress ?? '' });
    },
  });
  server.listen(port, host);
  await once(server, 'listening').catch((error: NodeJS.ErrnoException) => {
    throw explain(error, port);
  });
  const url = urlOf(server.address() as AddressInfo);
  try {
    ready.resolve(await createForum({ ...options, baseUrl: url }));
  } catch (error) {
    server.close();
    ready.reject(error);
    throw error;
  }
  const forum = await ready.promise;

  return {
    url,
    forum,
    async close() {
      const closed = once(server, 'close');
      server.close();
      // Again and again: a connection whose last request has just been answered would be kept alive.
      const sweep = setInterval(() => 'closeIdleConnections' in server && server.closeIdleConnections(), 50);
      const cutOff = setTimeout(
        () => 'closeAllConnections' in server && server.closeAllConnections(),
        GRACE_MS,
      );
      await closed;
      clearInterval(sweep);
      clearTimeout(cutOff);
      await forum.close();
    },
  };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

function urlOf({ address, port, family }: AddressInfo): string {
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

const wrongHost = (url: string): ForumError =>
  new ForumError(403, [`This forum is for this computer only. Open it as ${url}.`], 'invalid_access');

function explain(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code === 'EADDRINUSE')
    return new Error(`Port ${port} is in use. Choose another with --port, or --port 0 for any.`);
  if (error.code === 'EACCES')
    return new Error(`Port ${port} is not for everybody. Choose one above 1024 with --port.`);
  return error;
}
