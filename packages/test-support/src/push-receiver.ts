import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A request to a push receiver. */
export interface ReceivedPush {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests read the wire's JSON as it comes
  readonly body: any;
}

type Answer = (response: ServerResponse, attempt: number) => unknown;

/**
 * Creates a server that records every POST and answers with `answer`, by default with 200. Closed at the end of the
 * test.
 */
export async function createReceiver(
  answer: Answer = (response) => response.end('ok'),
  tls?: { cert: string; key: string },
) {
  const received: ReceivedPush[] = [];
  const arrivals = new EventTarget();
  const listener = async (request: IncomingMessage, response: ServerResponse) => {
    const text = (await request.toArray()).join('');
    const body = text === '' ? null : JSON.parse(text);
    received.push({ path: request.url ?? '', headers: request.headers, text, body });
    arrivals.dispatchEvent(new Event('arrival'));
    answer(response, received.length);
  };
  const server: Server = tls ? createTlsServer(tls, listener) : createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}/push`,
    received,
    /** Resolves at the next POST, before it is answered. */
    nextArrival: () => once(arrivals, 'arrival'),
  };
}
