import { expect, test } from 'vitest';
import { listScopes } from '../src/index.ts';

const answering = (body: BodyInit | null, init: ResponseInit = {}) => ({
  fetch: async () => new Response(body, init),
});

test('listScopes: returns names and sentences of the site, and requests them without a key', async () => {
  const seen: string[] = [];
  const scopes = [
    { name: 'photos:read', sentence: 'See your photos', dangerous: false, allowed_in_url: false },
  ];
  const fetch = async (url: string | URL | Request, init?: RequestInit) => {
    seen.push(`${init?.method} ${url} ${[...new Headers(init?.headers).keys()]}`);
    return Response.json({
      scopes: [...scopes, { name: 'write', sentence: 'Do everything', dangerous: true }],
    });
  };
  expect(await listScopes('https://photos.example/app/', { fetch })).toEqual([
    { name: 'photos:read', sentence: 'See your photos', isDangerous: false },
    { name: 'write', sentence: 'Do everything', isDangerous: true },
  ]);
  expect(seen).toEqual(['GET https://photos.example/app/user-api-key/scopes.json ']);
});

test.each([
  ['404 of Discourse', 404, '{"errors":["not found"]}'],
  ['403 of a site without keys', 403, '{"scopes":[{"name":"read","sentence":"Read"}]}'],
  ['a page', 200, '<html>'],
  ['an object', 200, '{"scopes":{"read":"Read"}}'],
  ['nothing', 200, ''],
  ['a redirect', 302, null],
])('listScopes: returns null for %s', async (_name, status, body) => {
  expect(await listScopes('https://x.example', answering(body, { status }))).toBeNull();
});

test('listScopes: ignores malformed entries and bounds a hostile list', async () => {
  const good = { name: 'read', sentence: 'x'.repeat(1e5) };
  const bad = [
    null,
    7,
    {},
    { name: 'a\u001b[31m', sentence: 'x' },
    { name: ['read'], sentence: 'x' },
    { name: 'b', sentence: {} },
  ];
  const listed = await listScopes('https://x.example', answering(JSON.stringify({ scopes: [...bad, good] })));
  expect(listed?.map(({ name, sentence }) => [name, sentence.length])).toEqual([['read', 500]]);
  const many = Array.from({ length: 5000 }, () => ({ name: 'a', sentence: 'b' }));
  expect(await listScopes('https://x.example', answering(JSON.stringify({ scopes: many })))).toHaveLength(
    500,
  );
});
