import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import { createFindClientIpAddress, createIsTrustedProxy } from '@valetkey/server';
import { createMetrics, createMonitor } from '@valetkey/server/monitor';
import { Hono } from 'hono';
import { createForum, type ForumOptions, type RunningForum } from './forum.ts';
import { ForumError } from './http/forum-error.ts';
import { renderError } from './http/render-error.ts';
import { type Address, listenAt } from './listen-at.ts';

/** The options of `createForum`, with a port and host. */
export interface StartForumOptions extends Omit<ForumOptions, 'baseUrl'> {
  /** Absolute URL without a path, behind a proxy. @default the address that the forum listens on */
  readonly baseUrl?: string | undefined;
  /** IP addresses and networks of the proxies in front. @default none, so that `X-Forwarded-For` is ignored */
  readonly trustedProxies?: readonly string[] | undefined;
  /** Where health and metrics are served. @default nowhere */
  readonly monitor?: Address | undefined;
  /** 0 picks a free port. */
  readonly port: number;
  /** A loopback host, because the password of the demo accounts is public. */
  readonly host: string;
}

/** A forum that listens on a port. */
export interface StartedForum {
  /** `http://127.0.0.1:4800` */
  readonly url: string;
  /** The URL of health and metrics; null if there is none. */
  readonly monitorUrl: string | null;
  readonly forum: RunningForum;
  /** Closes after the open requests, or after three seconds. Their responses say `Connection: close`. */
  close(): Promise<void>;
}

const GRACE_MS = 3_000;
/** A client that has just used a connection sends its next request within this time, and is asked to close it. */
const LAST_CALL_MS = 100;

/** Starts a forum on a loopback host. @throws Error if the host is not loopback, or the port or data folder is in use */
export async function startForum({ port, host, ...options }: StartForumOptions): Promise<StartedForum> {
  const findClientIpAddress = createFindClientIpAddress(options.trustedProxies);
  const isTrustedProxy = createIsTrustedProxy(options.trustedProxies);
  if (!isLoopback(host)) {
    throw new Error(
      `The password of the demo accounts is public, so this forum listens only on this computer. Use --host 127.0.0.1 instead of ${host}.`,
    );
  }
  const ready = Promise.withResolvers<RunningForum>();
  // A failed start is reported by startForum itself.
  ready.promise.catch(() => {});
  let isClosing = false;
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.use(async (c, next) => {
    await next();
    if (isClosing) c.header('Connection', 'close');
  });
  app.use(async (c) => {
    const forum = await ready.promise;
    const sentHost = c.req.header('host');
    if (![url, baseUrl].some((own) => isOwnHost(sentHost, own))) throw wrongHost(baseUrl);
    const peer = c.env.incoming.socket.remoteAddress ?? '';
    const ipAddress = findClientIpAddress(peer, c.req.header('x-forwarded-for') ?? null);
    return forum.fetch(c.req.raw, { ipAddress, isFromProxy: isTrustedProxy(peer) });
  });
  app.onError(renderError);
  const server = createAdaptorServer({ fetch: app.fetch });
  const url = await listenAt(server, { host, port });
  const baseUrl = options.baseUrl ?? url;
  async function checkHealth() {
    const health = await (await ready.promise).valetkey.checkHealth();
    return isClosing ? { ...health, isReady: false } : health;
  }
  const metrics = createMetrics();
  const monitor = createMonitor({ metrics, checkHealth });
  let monitorUrl: string | null = null;
  try {
    if (options.monitor) monitorUrl = await listenAt(monitor, options.monitor);
    const counted = options.monitor && { metrics };
    ready.resolve(await createForum({ ...options, ...counted, baseUrl }));
  } catch (error) {
    server.close();
    monitor.close();
    ready.reject(error);
    throw error;
  }
  const forum = await ready.promise;

  return {
    url,
    monitorUrl,
    forum,
    async close() {
      isClosing = true;
      await wait(LAST_CALL_MS);
      const closed = once(server, 'close');
      server.close();
      // Repeated, because a connection becomes idle when its last response is sent.
      const sweep = setInterval(() => 'closeIdleConnections' in server && server.closeIdleConnections(), 50);
      const cutOff = setTimeout(
        () => 'closeAllConnections' in server && server.closeAllConnections(),
        GRACE_MS,
      );
      await closed;
      clearInterval(sweep);
      clearTimeout(cutOff);
      monitor.close();
      await forum.close();
    },
  };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

/**
 * Whether `Host` names this forum. A page of another site can let its own name resolve to this computer (DNS rebinding);
 * the browser then treats the forum as part of that page, and only `Host` differs. Every port is accepted, because
 * tunnels have their own.
 */
function isOwnHost(host: string | undefined, baseUrl: string): boolean {
  const name = host === undefined ? undefined : URL.parse(`http://${host}`)?.hostname;
  return name === 'localhost' || name === new URL(baseUrl).hostname;
}

const wrongHost = (url: string): ForumError =>
  new ForumError(403, [`This forum accepts only its own host name. Open it as ${url}.`], 'invalid_access');
