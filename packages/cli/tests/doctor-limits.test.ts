import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { examine } from './examine.ts';
import { listen } from './listen.ts';
import { createHome } from './run-command.ts';

/** Starts a site whose nodes respond in turn. Each counts the remaining uses down from its number. */
async function startSite(nodes: readonly number[]): Promise<string> {
  const remaining = [...nodes];
  let requests = 0;
  const server = createServer(({ method, url = '' }, response) => {
    const path = url.split('?')[0];
    if (method === 'HEAD') response.setHeader('auth-api-version', '4').end();
    else if (path === '/user-api-key/current.json') {
      const node = requests++ % remaining.length;
      const left = (remaining[node] ?? 0) - 1;
      remaining[node] = left;
      const limits = { remaining: { per_minute: 15, per_day: left } };
      response.end(JSON.stringify({ scopes: ['read'], user: { username: 'alice' }, limits }));
    } else if (path === '/session/current.json') response.end('{"current_user":{"username":"alice"}}');
    else response.writeHead(302, { location: '/login' }).end();
  });
  onTestFinished(() => void server.close());
  return listen(server);
}

test.each([
  ['one node', [2880], false],
  ['two nodes', [2000, 2880], true],
  ['three nodes', [2880, 2880, 2880], true],
])('doctor: warns about a key that each node counts apart: %s', async (_case, nodes, expected) => {
  const home = createHome();
  onTestFinished(() => home.remove());
  const site = await startSite(nodes);
  mkdirSync(dirname(home.keyFile), { recursive: true });
  const keys = [
    { site, key: 'ab'.repeat(16), clientId: 'c', username: 'alice', scopes: ['read'], expiresAt: null },
  ];
  writeFileSync(home.keyFile, JSON.stringify({ clientId: 'c', keys }), { mode: 0o600 });
  const { words } = await examine(home.keyFile, site);
  expect(words).toContain('ok key_works');
  expect(words.includes('warning limits_per_node')).toBe(expected);
});
