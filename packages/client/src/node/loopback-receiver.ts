import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomToken } from '../random-token.ts';
import type { AnswerReceiver } from '../redirect-login.ts';

/** A receiver on the loopback interface. Port and path are random for each login. */
export type LoopbackReceiver = AnswerReceiver;

/**
 * Listens on 127.0.0.1 for one answer, then closes. Only requests to the secret path with a payload or an error
 * count: the site and the user's browser alone know it, so nobody else can inject an answer. Requests with another
 * host name are rejected (DNS rebinding).
 *
 * @param options.signal aborts the wait, such as `AbortSignal.timeout(600_000)`
 * @see RFC 8252 section 7.3
 * @example
 * const receiver = await listenOnLoopback({ signal: AbortSignal.timeout(600_000) });
 * const login = await createLogin({ site, applicationName, scopes, authRedirect: receiver.authRedirect });
 * const granted = await openLogin(login, await receiver.answer);
 */
export async function listenOnLoopback(
  options: { readonly signal?: AbortSignal | undefined } = {},
): Promise<LoopbackReceiver> {
  const { signal } = options;
  signal?.throwIfAborted();
  const path = `/${randomToken()}`;
  const server = createServer();
  await new Promise<void>((listening, failed) => {
    server.once('error', failed).listen(0, '127.0.0.1', listening);
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = (): void => {
    server.close();
    server.closeAllConnections();
  };

  const answer = new Promise<string>((resolve, reject) => {
    let isUsed = false;
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      // Concatenated: `new URL(target, base)` would throw for targets such as `//`, or change the host.
      const target = `${origin}${request.url}`;
      const status = isUsed ? 410 : checkRequest(request, target);
      if (status !== 200) return void response.writeHead(status, HEADERS).end();
      isUsed = true;
      response.on('close', close);
      response.writeHead(200, HEADERS).end(PAGE);
      resolve(target);
    });
    signal?.addEventListener('abort', () => {
      close();
      reject(signal.reason);
    });
  });
  // Prevents an unhandled rejection when nobody awaits `answer`.
  answer.catch(() => {});

  function checkRequest({ headers, method }: IncomingMessage, target: string): number {
    if (`http://${headers.host}` !== origin) return 403;
    const [, query] = target.split(`${origin}${path}?`);
    if (query === undefined) return target === origin + path ? 400 : 404;
    if (method !== 'GET') return 405;
    return /(^|&)(payload|error)=/.test(query) ? 200 : 400;
  }

  return { authRedirect: origin + path, answer, close };
}

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  connection: 'close',
};

const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><title>Login complete</title>
<body style="font:1.125rem/1.5 system-ui,sans-serif;max-width:30rem;margin:20vh auto;padding:0 1.5rem">
<h1>Login complete</h1><p>You can close this page and return to the program.</p></body></html>
`;
