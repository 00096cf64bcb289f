import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomToken } from '../random-token.ts';
import type { AnswerReceiver } from '../redirect-login.ts';

/** A door on this computer; port and path are new each time, and nobody can guess the path. */
export type LoopbackReceiver = AnswerReceiver;

/**
 * Listens on 127.0.0.1 for one answer, then closes. Only the path with a payload or an error counts, which the site and the
 * person's browser alone know, so nobody else can bring an answer or a no; requests
 * under another host name (a web page that had its name point here) are turned away.
 *
 * @param options.signal ends the wait, such as `AbortSignal.timeout(600_000)`
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
      // Joined as text: resolved against a base, targets such as `//` would throw, or name another host.
      const target = `${origin}${request.url}`;
      const status = isUsed ? 410 : judge(request, target);
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
  // Whoever waits hears of it; nobody does where the answer was pasted instead.
  answer.catch(() => {});

  function judge({ headers, method }: IncomingMessage, target: string): number {
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
<meta name="color-scheme" content="light dark"><title>Your answer has arrived</title>
<body style="font:1.125rem/1.5 system-ui,sans-serif;max-width:30rem;margin:20vh auto;padding:0 1.5rem">
<h1>Your answer has arrived</h1><p>You can close this page and go back to the program.</p></body></html>
`;
