import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';

/** A request of Node's HTTP server, to which body parsers add what they have read. */
export interface ParsedMessage extends IncomingMessage {
  readonly body?: unknown;
  readonly rawBody?: unknown;
}

/** Methods that no `Request` can have. */
export const FORBIDDEN_METHODS: ReadonlySet<string> = new Set(['CONNECT', 'TRACE', 'TRACK']);

/**
 * Converts a request for `Valetkey.fetch`. The state of the stream decides where the body is: in the stream, or where
 * an earlier body parser has put it.
 *
 * @param url the complete path with its query
 */
export function toRequest(message: ParsedMessage, url: string): { request: Request; parsedBody: unknown } {
  const { method = 'GET' } = message;
  const init = { method, headers: toHeaders(message.rawHeaders) };
  const address = toAddress(message, url);
  if (method === 'GET' || method === 'HEAD') return { request: new Request(address, init), parsedBody: null };
  if (!message.readableDidRead && !message.readableEnded) {
    const body = Readable.toWeb(message) as ReadableStream<Uint8Array>;
    return {
      request: new Request(address, { ...init, body, duplex: 'half' } as RequestInit),
      parsedBody: null,
    };
  }
  const body = [message.rawBody, message.body].find(isBytes);
  const request = new Request(address, body === undefined ? init : { ...init, body });
  return { request, parsedBody: message.body };
}

const isBytes = (value: unknown): value is string | Uint8Array<ArrayBuffer> =>
  typeof value === 'string' || ArrayBuffer.isView(value);

function toHeaders(rawHeaders: readonly string[]): Headers {
  const headers = new Headers();
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const [name = '', value = ''] = rawHeaders.slice(at, at + 2);
    // HTTP/2 has the method and the path among the headers.
    if (!name.startsWith(':')) headers.append(name, value);
  }
  return headers;
}

const HOST = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d+)?$/i;

function toAddress({ socket, headers }: IncomingMessage, url: string): string {
  if (!url.startsWith('/')) return url;
  const host = HOST.exec(headers.host ?? '')?.[0] ?? 'localhost';
  return `${'encrypted' in socket ? 'https' : 'http'}://${host}${url}`;
}
