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
    '  read           read everything you can read\n  notifications  read your notifications and mark them as read\n',
  );
  expect(JSON.parse((await home.run(['scopes', started.url, '--json'])).stdout)).toEqual({
    site: started.url,
    offered: ['read', 'notifications'],
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

/** Simulates sites without Valetkey's list of scopes. */
async function scopesOf(answer: (scopes: string) => string | null): Promise<string> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://x');
    response.setHeader('auth-api-version', '4');
    if (request.method === 'HEAD') return response.end();
    const body = answer(url.searchParams.get('scopes') ?? '');
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
