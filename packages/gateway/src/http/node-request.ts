import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HeaderReader, RequestHead } from '@valetkey/server';

/** A request over HTTP/1.1. Those over HTTP/2 have the same properties. */
export type NodeRequest = IncomingMessage;
export type NodeResponse = ServerResponse;

/** Returns whether a request is a CONNECT for a WebSocket. It is decided like the GET that opens one over HTTP/1.1. */
export const isWebSocketConnect = ({ headers, method }: Pick<NodeRequest, 'headers' | 'method'>): boolean =>
  method === 'CONNECT' && headers[':protocol'] === 'websocket';

/** The parts of a request that decisions need. */
export interface Head extends RequestHead {
  /** In the form of the request: path and query. */
  readonly url: string;
  readonly rawHeaders: readonly string[];
}

export const readHead = (request: NodeRequest): Head => ({
  method: isWebSocketConnect(request) ? 'GET' : (request.method ?? 'GET'),
  url: request.url ?? '/',
  headers: createHeaderReader(request),
  rawHeaders: request.rawHeaders,
});

/** Reads headers by lower-case name. Repeated ones are joined with a comma. */
const createHeaderReader = ({ headers }: NodeRequest): HeaderReader => ({
  get(name) {
    const value = headers[name];
    return value === undefined ? null : Array.isArray(value) ? value.join(', ') : value;
  },
});

/** A name or an address, and a port (RFC 9110 section 7.2). Services build links and cookies from it. */
const HOST = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i;

/** Returns the host of a request; null if it names none or several, or if it is in another form. */
export function readHost(request: NodeRequest): string | null {
  const hosts: string[] = [];
  for (let at = 0; at < request.rawHeaders.length; at += 2) {
    const name = request.rawHeaders[at] as string;
    if (name.length !== 4 && name.length !== 10) continue;
    if (/^(?:host|:authority)$/i.test(name)) hosts.push(request.rawHeaders[at + 1] as string);
  }
  const [first] = hosts;
  const isOne = first !== undefined && hosts.every((host) => host === first);
  return isOne && HOST.test(first) ? first : null;
}

/** Returns whether the request announces a body. */
export const hasBody = ({ headers, httpVersionMajor, method }: NodeRequest): boolean =>
  headers['transfer-encoding'] !== undefined ||
  Number(headers['content-length'] ?? 0) > 0 ||
  (httpVersionMajor === 2 &&
    headers['content-length'] === undefined &&
    !['GET', 'HEAD'].includes(method ?? 'GET'));
