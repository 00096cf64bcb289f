import { expect, test } from 'vitest';
import { findSite, listSiteCandidates, probeSite } from '../src/index.ts';
import { serve } from './serve.ts';

/** A server with a site in one folder, and with other pages. */
async function serveSiteIn(folder: string, statusElsewhere: number) {
  const seen: (string | undefined)[] = [];
  const origin = await serve((request, response) => {
    seen.push(request.url);
    const isSite = request.url === `${folder}/user-api-key/new`;
    response.writeHead(isSite ? 200 : statusElsewhere, isSite ? { 'auth-api-version': '4' } : {}).end();
  });
  return { origin, seen };
}

test.each([
  ['a topic', '', '/t/some-topic/12', 404],
  ['a list with a query', '', '/latest?order=views#top', 404],
  ['a site in a subfolder', '/forum', '/forum/t/some-topic/12', 404],
  ['a site beside pages that answer every path', '/forum', '/forum/latest', 200],
  ['a consent page', '', '/user-api-key/new?scopes=read', 404],
  ['a site in a subfolder, without a page', '/forum', '/forum/', 404],
])('findSite: finds the site of %s', async (_case, folder, page, statusElsewhere) => {
  const { origin } = await serveSiteIn(folder, statusElsewhere);
  expect(await findSite(origin + page)).toMatchObject({ site: origin + folder, version: 4 });
});

test('findSite: reports the URL itself if no path is a site, after a bounded number of requests', async () => {
  const { origin, seen } = await serveSiteIn('/elsewhere', 404);
  const url = `${origin}/${'a/'.repeat(50)}b`;
  await expect(findSite(url)).rejects.toMatchObject({
    code: 'site_has_no_user_api_keys',
    details: { site: url },
  });
  expect(seen).toHaveLength(8);
});

test('findSite: does not try parents of a site that is too old or unreachable', async () => {
  const seen: string[] = [];
  const fetch = async (url: unknown) => {
    seen.push(String(url));
    return new Response(null, { headers: { 'auth-api-version': '1' } });
  };
  const found = findSite('https://x.example/forum', { fetch: fetch as typeof globalThis.fetch });
  await expect(found).rejects.toMatchObject({ code: 'site_too_old' });
  expect(seen).toHaveLength(1);
});

test('listSiteCandidates: stays on the origin and starts with the URL itself', () => {
  expect(listSiteCandidates('https://x.example/t/a/12?q#f')).toEqual([
    'https://x.example/t/a/12',
    'https://x.example/t/a',
    'https://x.example/t',
    'https://x.example',
  ]);
  expect(listSiteCandidates('https://x.example/')).toEqual(['https://x.example']);
});

test('probeSite: names http for a port without TLS', async () => {
  const { origin } = await serveSiteIn('', 404);
  await expect(probeSite(origin.replace('http:', 'https:'))).rejects.toMatchObject({
    code: 'site_unreachable',
    message: expect.stringContaining(`it speaks http, not https: try ${origin}`),
  });
});

test('probeSite: names https for a port that rejects plain HTTP (400)', async () => {
  const fetch = async () => new Response(null, { status: 400 });
  await expect(probeSite('http://x.example:8443', { fetch })).rejects.toMatchObject({
    message: expect.stringContaining('try https://x.example:8443'),
  });
});
