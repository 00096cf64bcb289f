import { discourseAdminScopes, discourseScopes } from '@valetkey/server';
import { expect, test } from 'vitest';
import type { Route } from '../src/http/route.ts';
import { ROUTE_TABLE } from '../src/routes/route-table.ts';
import { createTestForum, json } from './test-forum.ts';

/** Returns a path of the route with a value for every parameter and a supported format. */
function pathOf({ path, json: asJson }: Route): string {
  const filled = path
    .replace(/:size\{[^}]+\}/, '48.svg')
    .replace(/:(?:id|post_number)\{[^}]+\}/g, '1')
    .replace(/:\w+/g, 'alice');
  return asJson && filled !== '/' ? `${filled}.json` : filled;
}

const described = ROUTE_TABLE.map((route) => [`${route.method} ${pathOf(route)}`, route] as const);
const only = (...who: Route['who'][]) => described.filter(([, route]) => who.includes(route.who));
const withBody = (method: string, headers: Record<string, string> = {}): RequestInit =>
  method === 'GET'
    ? { headers }
    : { method, body: '{}', headers: { 'content-type': 'application/json', ...headers } };

test.each(described)('%s: has a name, who may use it, and a format', (_, route) => {
  expect(route.name).toMatch(/^[a-z_/]+#[a-z_]+$/);
  expect(route.json ?? route.html).toBeTypeOf('function');
  expect(route.path).toMatch(/^\/(?!.*\.json)/);
});

test('route table: no write is public', () => {
  const unsafe = ROUTE_TABLE.filter(({ method, who }) => method !== 'GET' && who === 'public');
  expect(unsafe).toEqual([]);
});

test('route table: routes of one name have the same method and users', () => {
  const methods = Object.groupBy(ROUTE_TABLE, ({ name }) => name);
  for (const [name, routes = []] of Object.entries(methods)) {
    const kinds = new Set(routes.map(({ method, who }) => `${method} ${who}`));
    expect(kinds.size, name).toBe(1);
  }
});

test('route table: has every route of the built-in scopes', () => {
  const spokenOf = Object.values(discourseScopes)
    .flatMap(({ permissions }) => permissions.map(({ route }) => route))
    .filter((name) => name !== '*');
  const names = ROUTE_TABLE.map(({ name }) => name);
  expect(spokenOf.filter((name) => !names.includes(name))).toEqual([]);
});

test('route table: has every route and parameter of the built-in admin scopes', () => {
  for (const { routes } of Object.values(discourseAdminScopes)) {
    for (const { route: name, methods, parameters = {} } of routes) {
      const found = ROUTE_TABLE.filter((route) => route.name === name);
      expect(found, name).not.toEqual([]);
      for (const { method, path, boundFields = [] } of found) {
        expect(methods, name).toContain(method);
        const known = [...boundFields, ...[...path.matchAll(/:(\w+)/g)].map(([, parameter]) => parameter)];
        for (const parameter of Object.values(parameters)) expect(known, name).toContain(parameter);
      }
    }
  }
});

test.each(only('user', 'admin session'))('%s: rejects a visitor', async (_, route) => {
  const { fetch } = await createTestForum();
  const answer = await fetch(pathOf(route), withBody(route.method));
  // A page that needs a user redirects to the sign-in page with a return path.
  const isPage = route.json === undefined && route.method === 'GET';
  expect(answer.status).toBe(isPage ? 303 : 403);
  if (isPage) expect(answer.headers.get('location')).toMatch(/^\/login\?return_to=%2F/);
  expect(answer.headers.has('set-cookie')).toBe(false);
});

test.each(described.filter(([, { method }]) => method !== 'GET'))(
  '%s: rejects a browser without a CSRF token',
  async (_, route) => {
    const { signedIn } = await createTestForum();
    const admin = await signedIn('admin');
    const answer = await admin.request(pathOf(route), withBody(route.method));
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain('BAD CSRF');
  },
);

test('session routes: reject every key', async () => {
  const { fetch, issueKey, forum } = await createTestForum();
  await forum.valetkey.settings.set('max_user_api_reqs_per_minute', 1_000);
  const key = await issueKey('admin', 'read,write');
  for (const [title, route] of only('session', 'admin session')) {
    const answer = await fetch(pathOf(route), withBody(route.method, { 'user-api-key': key }));
    expect(answer.status, title).toBe(403);
    expect(await answer.text(), title).toMatch(/session_required|needs a browser session/);
    expect(answer.headers.has('set-cookie'), title).toBe(false);
  }
});

test('every route: rejects an unknown key', async () => {
  const { fetch } = await createTestForum();
  for (const [title, route] of described) {
    const headers = { 'user-api-key': '0'.repeat(32), accept: 'application/json' };
    const answer = await fetch(pathOf(route), withBody(route.method, headers));
    expect([answer.status, title]).toEqual([403, title]);
  }
});

test.each(only('admin session'))('%s: rejects members and moderators', async (_, route) => {
  const { signedIn } = await createTestForum();
  for (const username of ['alice', 'mona']) {
    const user = await signedIn(username);
    const answer = await (route.method === 'GET'
      ? user.get(pathOf(route))
      : user.send(route.method, pathOf(route), {}));
    expect([answer.status, (await json(answer)).error_type]).toEqual([403, 'invalid_access']);
  }
});

test.each([
  '/%E0%A4%A',
  '/u/%E0%A4%A.json',
  '/u/%00.json',
  '/u/alice%2Fkeys.json',
  '/t/99999999999999999999.json',
  `/t/${'9'.repeat(400)}.json`,
  '/t/-1.json',
  '/t/1e0.json',
  '/posts/0x1.json',
  '/latest.json/x',
  '/latest.json.json.json',
  '/latest.xml',
  '/admin/site_settings/%2e%2e/../..%2f.json',
  '/constructor',
  '/__proto__.json',
  '/.json',
])('%s: responds with 404, 403 or a page, never with a server error', async (path) => {
  const { fetch } = await createTestForum();
  expect([200, 403, 404]).toContain((await fetch(path)).status);
});
