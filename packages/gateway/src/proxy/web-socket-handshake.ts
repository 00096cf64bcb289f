import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** The part of a client in the opening of a WebSocket (RFC 6455 section 4). A client over HTTP/2 sends none. */
export interface WebSocketHandshake {
  /** A flat list of names and values, for the request to the service. */
  readonly headers: readonly string[];
  /** Returns whether the service has accepted this handshake. */
  isAccepted(response: Pick<IncomingMessage, 'headers'>): boolean;
}

const KEY = 'sec-websocket-key';
const ACCEPT = 'sec-websocket-accept';
const SUFFIX = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** Creates a handshake with a new key. */
export function createWebSocketHandshake(): WebSocketHandshake {
  const key = randomBytes(16).toString('base64');
  const accept = createHash('sha1')
    .update(key + SUFFIX)
    .digest('base64');
  return {
    headers: ['Sec-WebSocket-Key', key],
    isAccepted: ({ headers }) => headers[ACCEPT] === accept,
  };
}

/** Returns a flat list of headers without those of a handshake. */
export const withoutHandshake = (headers: readonly string[]): string[] =>
  headers.filter((_, at) => ![KEY, ACCEPT].includes(headers[at - (at % 2)]?.toLowerCase() ?? ''));
