import type { Http2Session, Http2Stream } from 'node:http2';

/** How many WebSockets a connection carries. */
const webSockets = new WeakMap<Http2Session, number>();

/**
 * Lets a connection over HTTP/2 live without traffic while it carries this WebSocket, as one over HTTP/1.1 does.
 *
 * @param idleMs the timeout of the connection without WebSockets
 */
export function keepSession(stream: Http2Stream, idleMs: number): void {
  const { session } = stream;
  if (session === undefined) return;
  webSockets.set(session, (webSockets.get(session) ?? 0) + 1);
  session.setTimeout(0);
  stream.once('close', () => {
    const left = (webSockets.get(session) ?? 1) - 1;
    webSockets.set(session, left);
    if (left === 0 && !session.destroyed) session.setTimeout(idleMs);
  });
}
