// A web app whose users connect their forum accounts and post as themselves.
//
//   FORUM_URL=https://forum.example APP_URL=http://127.0.0.1:8000 node server.ts
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createConnection, SiteRefusal, ValetkeyError } from '@valetkey/client';
import { createMemoryLoginStore, createServerLogins } from '@valetkey/client/node';
import { homePage, messagePage } from './pages.ts';
import { createSessions } from './sessions.ts';

const site = process.env.FORUM_URL ?? '';
const app = new URL(process.env.APP_URL ?? 'http://127.0.0.1:8000');

const sessions = createSessions(app.protocol === 'https:');
const logins = createServerLogins({
  site,
  applicationName: 'Plum Planner',
  scopes: ['read', 'write'],
  authRedirect: `${app.origin}/callback`,
  // Several processes need a shared store, such as Redis.
  store: createMemoryLoginStore(),
});

type Route = (request: IncomingMessage, response: ServerResponse, url: URL) => unknown;

const routes: Readonly<Record<string, Route>> = {
  'GET /': (request, response) => showPage(response, 200, homePage(sessions.find(request)?.username ?? null)),

  async 'POST /sign-in'(request, response) {
    // Keeps logins that this browser started in other tabs.
    const { url, browserToken } = await logins.start({}, sessions.readCookie(request, 'login'));
    // Binds the response to this browser; other browsers cannot use it.
    response.setHeader('Set-Cookie', sessions.cookie('login', browserToken));
    redirect(response, url.href);
  },

  async 'GET /callback'(request, response, url) {
    const granted = await logins.finish(sessions.readCookie(request, 'login'), url);
    const forum = createConnection(granted);
    const { username } = await forum.whoami().catch(async (error: unknown) => {
      // The key will not be used: revoke it.
      await forum.revoke().catch(() => {});
      throw error;
    });
    // Start a new session, to prevent session fixation.
    response.setHeader('Set-Cookie', sessions.begin({ username, key: granted.key }));
    redirect(response, '/');
  },

  async 'POST /topics'(request, response) {
    const session = sessions.find(request);
    if (!session) return showPage(response, 403, messagePage('Sign in first.'));
    const { title, raw } = await readForm(request);
    const body = new URLSearchParams({ title: title ?? '', raw: raw ?? '' });
    const forum = createConnection({ site, key: session.key });
    const answer = await forum.fetch('/posts.json', { method: 'POST', body });
    const { topic_id } = (await answer.json()) as { topic_id: number };
    showPage(response, 200, messagePage(`${session.username} made a topic: ${forum.site}/t/${topic_id}`));
  },

  async 'POST /sign-out'(request, response) {
    const session = sessions.end(request);
    if (session) await createConnection({ site, key: session.key }).revoke();
    redirect(response, '/');
  },
};

const server = createServer(async (request, response) => {
  try {
    // Concatenated as text: `new URL('//', base)` would throw or change the host.
    const url = new URL(app.origin + request.url);
    const route = routes[`${request.method} ${url.pathname}`];
    if (!route) showPage(response, 404, messagePage('Page not found.'));
    // Cookies are SameSite=Lax. In addition, reject forms of other origins (CSRF).
    else if (request.method === 'POST' && request.headers.origin !== app.origin)
      showPage(response, 403, messagePage('This form comes from another site.'));
    else await route(request, response, url);
  } catch (error) {
    // These messages are for users and never contain the key. Log everything else.
    const isExpected = error instanceof ValetkeyError || error instanceof SiteRefusal;
    if (!isExpected) console.error(error);
    showPage(
      response,
      isExpected ? 403 : 500,
      messagePage(isExpected ? error.message : 'The app failed. Try again later.'),
    );
  }
});
server.listen(Number(app.port || 80), app.hostname, () => console.log(`Serving ${app.origin}`));

function showPage(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
    'Referrer-Policy': 'same-origin',
    'Cache-Control': 'no-store',
  });
  response.end(html);
}

function redirect(response: ServerResponse, address: string): void {
  response.writeHead(303, { Location: address }).end();
}

async function readForm(request: IncomingMessage): Promise<Partial<Record<string, string>>> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) {
    text += chunk;
    if (text.length > 100_000) throw new Error('The form is too large.');
  }
  return Object.fromEntries(new URLSearchParams(text));
}
