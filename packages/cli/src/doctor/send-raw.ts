import { type IncomingMessage, request as sendHttp } from 'node:http';
import { request as sendHttps } from 'node:https';

/** A response to a request whose path was sent as it is. */
export interface RawResponse {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  /** The first part of the body. */
  readonly text: string;
}

/**
 * Sends a request with exactly this path, which `fetch` would normalize. Rejects if no response arrives.
 *
 * @param method GET by default
 */
export type SendRaw = (
  path: string,
  headers?: Readonly<Record<string, string>>,
  method?: 'GET' | 'TRACE',
) => Promise<RawResponse>;

const MAX_BYTES = 65_536;
const TIMEOUT_MS = 30_000;

/** @param site URL of the site; paths start below it */
export function createSendRaw(site: string, signal: AbortSignal): SendRaw {
  const { protocol, hostname, port, pathname } = new URL(site);
  const base = pathname.replace(/\/$/, '');
  const send = protocol === 'https:' ? sendHttps : sendHttp;
  const host = { hostname: hostname.replace(/^\[|\]$/g, ''), port, agent: false as const };
  return (path, headers = {}, method = 'GET') =>
    new Promise((resolve, reject) => {
      const options = { ...host, method, path: base + path, headers, signal, timeout: TIMEOUT_MS };
      const request = send(options, (response) => readText(response).then(resolve, reject));
      request.on('upgrade', (response, socket) => {
        socket.destroy();
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text: '' });
      });
      request.on('timeout', () => request.destroy(new Error('The request timed out.')));
      request.on('error', reject);
      request.end();
    });
}

async function readText(response: IncomingMessage): Promise<RawResponse> {
  let text = '';
  for await (const chunk of response) {
    text += chunk;
    if (text.length >= MAX_BYTES) break;
  }
  return { status: response.statusCode ?? 0, headers: response.headers, text };
}
