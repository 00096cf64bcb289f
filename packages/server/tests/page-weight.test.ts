import { createPopularSite, POPULAR_PAGES } from '@valetkey/test-support/site/popular-site';
import { expect, test } from 'vitest';

/** Node and proxies may compress a page; this is the size without. */
const MAX_BYTES = 50_000;

test('every page stays below 50 kB with 500 keys, 500 clients and 500 events', async () => {
  const site = await createPopularSite();
  for (const { path, as } of POPULAR_PAGES) {
    const page = await (await site.get(path, { cookie: `session=${as}` })).text();
    expect(Buffer.byteLength(page), path).toBeLessThan(MAX_BYTES);
    expect(page, path).toContain('</html>');
  }
  for (const asset of ['valetkey.css', 'copy.js', 'times.js']) {
    const text = await (await site.get(`/user-api-key/assets/${asset}`)).text();
    expect(Buffer.byteLength(text), asset).toBeLessThan(MAX_BYTES);
  }
});
