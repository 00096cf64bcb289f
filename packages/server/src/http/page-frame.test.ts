import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTestSite, keyRequest, query } from '@valetkey/test-support/site/test-site';
import { expect, test } from 'vitest';
import { adminStylesheet } from '../ui/assets/admin-stylesheet.ts';
import { stylesheet } from '../ui/assets/stylesheet.ts';

const alice = { cookie: 'session=alice' };
const CONSENT = `/user-api-key/new${query(keyRequest())}`;

test('page frame: adds the style sheet, header and footer of the site under the same policy', async () => {
  const plain = await (await createTestSite()).get(CONSENT, alice);
  const site = await createTestSite({
    site: {
      pageFrame: (_request, session) => ({
        stylesheet: '/theme.css?a=1&b=2',
        header: `<header>Hello ${session?.user.username}</header>`,
        footer: '<footer>Privacy</footer>',
      }),
    },
  });
  const response = await site.get(CONSENT, alice);
  const page = await response.text();
  expect(page.indexOf('href="/theme.css?a=1&amp;b=2"')).toBeGreaterThan(page.indexOf('valetkey.css"'));
  expect(page).toContain('<header>Hello alice</header>');
  expect(page).toContain('<footer>Privacy</footer>');
  expect(page).not.toContain('>Plum Forum</a>');
  const policy = response.headers.get('content-security-policy');
  expect(policy).toBe(plain.headers.get('content-security-policy'));
  expect(policy).not.toContain('unsafe');
});

test('page frame: is on error pages too, without a user', async () => {
  const site = await createTestSite({ site: { pageFrame: () => ({ footer: '<footer>Privacy</footer>' }) } });
  const page = await (await site.get('/user-api-key/new', alice)).text();
  expect(page).toContain('parameter_missing');
  expect(page).toContain('<footer>Privacy</footer>');
});

test('docs/guides/theme-the-pages.md: names every variable, and the style sheets use no other', () => {
  const guide = readFileSync(join(import.meta.dirname, '../../../../docs/guides/theme-the-pages.md'), 'utf8');
  const documented = [...guide.matchAll(/^\| `(--[\w-]+)`/gm)].map(([, name]) => name);
  const defined = [...stylesheet.matchAll(/^ {2}(--[\w-]+):/gm)].map(([, name]) => name);
  const used = [...(stylesheet + adminStylesheet).matchAll(/var\((--[\w-]+)\)/g)].map(([, name]) => name);
  expect(documented.toSorted()).toEqual(defined.toSorted());
  expect(defined).toEqual(expect.arrayContaining(used));
});
