import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createConnection, createLogin, openLogin, type SiteRefusal } from '../src/index.ts';
import { KEY, sealAnswer } from './seal-answer.ts';
import { serve } from './serve.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const INVALID_ACCESS = JSON.stringify({ errors: ['You may not.'], error_type: 'invalid_access' });

/** Simulates Discourse: no codes, and the same response for an inactive key and a missing scope. */
async function serveDiscourse(front: { revoked: boolean; wall?: string }) {
  return serve((request, response) => {
    const isSession = request.url === '/session/current.json';
    if (front.wall && isSession)
      return response.writeHead(403, { 'content-type': 'text/html' }).end(front.wall);
    response.setHeader('content-type', 'application/json');
    const isLive = request.headers['user-api-key'] === KEY && !front.revoked;
    if (!isLive || !isSession) return response.writeHead(403).end(INVALID_ACCESS);
    response.end('{"current_user":{"id":1,"username":"alice"}}');
  });
}

/** Follows the README after a real login. */
async function connectAsDocumented(site: string, scopes: readonly string[]) {
  expect(readme).toContain('const forum = createConnection({ site, ...granted });');
  const login = await createLogin({ site, applicationName: 'My program', scopes });
  const granted = await openLogin(login, sealAnswer(login.url));
  return createConnection({ site, ...granted });
}
const refusalOf = (asked: Promise<unknown>) =>
  asked.then(
    () => expect.unreachable(),
    (error: SiteRefusal) => error,
  );

test('isKeyInactive: is true for a key that was revoked on Discourse', async () => {
  const front = { revoked: false };
  const forum = await connectAsDocumented(await serveDiscourse(front), ['read', 'write']);
  expect(await refusalOf(forum.fetch('/posts.json'))).toMatchObject({ code: null, isKeyInactive: false });
  expect(await forum.whoami()).toEqual({ id: 1, username: 'alice' });
  front.revoked = true;
  expect(await refusalOf(forum.fetch('/latest.json'))).toMatchObject({ code: null, isKeyInactive: true });
  expect(await refusalOf(forum.whoami())).toMatchObject({ code: null, isKeyInactive: true });
});

test('isKeyInactive: is unknown if a bot check responds', async () => {
  const site = await serveDiscourse({ revoked: false, wall: '<h1>Are you human?</h1>' });
  const forum = await connectAsDocumented(site, ['read']);
  expect(await refusalOf(forum.fetch('/latest.json'))).toMatchObject({ status: 403, isKeyInactive: null });
});

test.each<[string, object, boolean | null]>([
  ['a person who is suspended', { error_type: 'invalid_access', code: 'user_suspended' }, null],
  ['JSON of another kind', { error: 'blocked' }, null],
  ['a login that is missing', { error_type: 'not_logged_in' }, null],
  ['a key that is unknown', { error_type: 'invalid_access', code: 'key_unknown' }, true],
])('isKeyInactive after a second refusal for %s: %s', async (_case, second, isKeyInactive) => {
  const fetch = async (url: unknown) =>
    String(url).endsWith('current.json')
      ? Response.json(second, { status: 403 })
      : new Response(INVALID_ACCESS, { status: 403 });
  const forum = createConnection({ site: 'https://x.example', key: KEY, scopes: ['read'], fetch });
  expect(await refusalOf(forum.fetch('/latest.json'))).toMatchObject({ isKeyInactive });
});

test('fetch: throws the refusal if a code chunk cannot be loaded', async () => {
  vi.resetModules();
  vi.doMock('../src/key-state.ts', () => {
    throw new Error('404');
  });
  onTestFinished(() => void vi.doUnmock('../src/key-state.ts'));
  const { createConnection: connect } = await import('../src/connection.ts');
  const fetch = async () => new Response(INVALID_ACCESS, { status: 403 });
  const forum = connect({ site: 'https://x.example', key: KEY, scopes: ['read'], fetch });
  expect(await refusalOf(forum.fetch('/latest.json'))).toMatchObject({
    status: 403,
    errors: ['You may not.'],
  });
});
