import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomToken } from '../random-token.ts';

/** A door on this computer through which a site's answer comes back (RFC 8252, section 7.3). */
export interface LoopbackReceiver {
  /** What to send as `auth_redirect`: its path is different each time, and nobody can guess it. */
  readonly authRedirect: string;
  /** The address that the browser was sent to, query included; the first one counts. */
  readonly answer: Promise<string>;
  close(): void;
}

const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><title>Done</title>
<body style="font:1.125rem/1.5 system-ui,sans-serif;max-width:30rem;margin:20vh auto;padding:0 1.5rem">
<h1>Done</h1><p>You can close this page and go back to the program.</p></body></html>`;

/** Listens on 127.0.0.1, on a port that the system picks. Close it when the answer is there or no longer wanted. */
export async function listenOnLoopback(): Promise<LoopbackReceiver> {
  const path = `/${randomToken()}`;
  let authRedirect = '';
  // Node 20 has no Promise.withResolvers.
  let resolve: (address: string) => void = () => {};
  const answer = new Promise<string>((settle) => {
    resolve = settle;
  });

  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', authRedirect);
    // A page somewhere that had its name point to 127.0.0.1 would send another Host.
    const isOurs = request.headers.host === new URL(authRedirect).host && url.pathname === path;
    if (request.method !== 'GET' || !isOurs)
      return void response.writeHead(404, { connection: 'close' }).end();
    const headers = {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      connection: 'close',
    };
    response.writeHead(200, headers).end(PAGE, () => resolve(url.href));
  });
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(0, '127.0.0.1', listening);
  });
  authRedirect = `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
  return { authRedirect, answer, close: () => void server.close() };
}
