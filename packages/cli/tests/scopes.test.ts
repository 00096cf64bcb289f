import { createServer } from 'node:http';
import type { StartedForum } from '@valetkey/forum';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { listen } from './listen.ts';
import { createHome, type Home } from './run-command.ts';
import { approve, startTestForum } from './test-forum.ts';

let started: StartedForum;
let home: Home;
beforeAll(async () => {
  started = await startTestForum();
  await started.forum.valetkey.settings.set('allow_user_api_key_scopes', 'read|notifications');
});
afterAll(() => started.close());
beforeEach(() => {
  home = createHome();
});
afterEach(() => home.remove());

test('scopes: lists the scopes of the site without a key', async () => {
  const ended = await home.run(['scopes', started.url]);
  expect(ended.stdout).toBe(
    '  read           Read everything you can read\n  notifications  Read your notifications and mark them as read\n',
  );
  expect(JSON.parse((await home.run(['scopes', started.url, '--json'])).stdout)).toEqual({
    site: started.url,
    offered: ['read', 'notifications'],
    sentences: {
      read: 'Read everything you can read',
      notifications: 'Read your notifications and mark them as read',
    },
    key: null,
  });
});

test('scopes: marks the scopes of a key, also one that is no longer granted', async () => {
  await home.run(['login', started.url, '--paste', '--scopes', 'read,notifications'], {
    onUrl: async (url) => `${await approve('alice', url)}\n`,
  });
  await started.forum.valetkey.settings.set('allow_user_api_key_scopes', 'read|write');
  const { stdout } = await home.run(['scopes']);
  expect(stdout).toContain('* read ');
  expect(stdout).toContain('  write ');
  expect(stdout).toMatch(/\* notifications .*\(no longer granted\)/);
});

test('scopes: shows the sentences of a site with scopes of its own, and never its control characters', async () => {
  const scopes = [
    { name: 'read', sentence: 'Read your invoices' },
    { name: 'invoices:pay', sentence: 'Pay your invoices\u001b[31m\u0007' },
  ];
  const server = createServer((request, response) => {
    response.setHeader('auth-api-version', '4');
    if (request.url === '/user-api-key/scopes.json')
      return response.setHeader('content-type', 'application/json').end(JSON.stringify({ scopes }));
    return response.writeHead(request.method === 'HEAD' ? 200 : 404).end();
  });
  const { stdout } = await home.run(['scopes', await listen(server)]);
  server.close();
  expect(stdout).toContain('  read          Read your invoices\n');
  expect(stdout).toContain('  invoices:pay  Pay your invoices');
  expect(stdout).not.toContain('\u001b');
});

/** Simulates sites without Valetkey's list of scopes. */
async function scopesOf(answer: (scopes: string) => string | null): Promise<string> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://x');
    response.setHeader('auth-api-version', '4');
    if (request.method === 'HEAD') return response.end();
    const body = answer(url.searchParams.get('scopes') ?? '');
    if (url.pathname.startsWith('/user-api-key/scopes')) return response.writeHead(404).end();
    if (body === null) return response.writeHead(302, { location: '/login' }).end();
    response.setHeader('content-type', 'application/json').end(body);
  });
  const site = await listen(server);
  const { stdout } = await home.run(['scopes', site, '--json']);
  server.close();
  return JSON.parse(stdout).offered;
}

test('scopes: requests each scope on a site without a list, and reports a site that requires sign-in', async () => {
  const refusal = '{"state":"generic_error"}';
  const yesOrNo = (scopes: string) => (['read', 'write'].includes(scopes) ? null : refusal);
  expect(await scopesOf(yesOrNo)).toEqual(['read', 'write']);
  expect(await scopesOf(() => refusal)).toEqual([]);
  expect(await scopesOf(() => null)).toBe(null);
});
