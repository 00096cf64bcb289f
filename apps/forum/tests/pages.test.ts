import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cook } from '../src/shapes/cook.ts';
import { createTestForum, json, PASSWORD } from './test-forum.ts';

const HOSTILE = `"><img src=x onerror=alert(1)><script>alert(2)</script>' onmouseover='alert(3)`;

/** The hostile text must not add a tag to the page or end an attribute. */
function expectHarmless(page: string): void {
  expect(page).not.toMatch(/<script|<img src=x|">&lt;|' onmouseover/i);
}

test('pages: escape hostile titles and texts', async () => {
  const { signedIn } = await createTestForum();
  const alice = await signedIn('alice');
  const made = await json(
    alice.send('POST', '/posts.json', { title: `Title ${HOSTILE}`, raw: `Text ${HOSTILE}` }),
  );
  const edited = await alice.send('PUT', `/posts/${made.id}.json`, { post: { raw: `Edited ${HOSTILE}` } });
  expectHarmless((await json(edited)).post.cooked);
  const search = `/search?q=${encodeURIComponent(HOSTILE)}`;
  for (const path of ['/', `/t/${made.topic_id}`, '/c/general/1', '/new', search]) {
    const page = await (await alice.get(path)).text();
    expectHarmless(page);
    if (path !== '/new') expect(page).toContain('&lt;img src=x');
  }
});

test('JSON: cooked and fancy_title are escaped', async () => {
  const { signedIn, fetch } = await createTestForum();
  const alice = await signedIn('alice');
  const made = await json(
    alice.send('POST', '/posts.json', { title: `Title ${HOSTILE}`, raw: `Text ${HOSTILE}` }),
  );
  expectHarmless(made.cooked);
  expectHarmless((await json(fetch(`/t/${made.topic_id}.json`))).fancy_title);
  const [listed] = (await json(fetch('/latest.json'))).topic_list.topics;
  expectHarmless(listed.fancy_title);
  expect(listed.title).toContain('<script>');
});

test('pages: escape hostile input of a URL or form', async () => {
  const { browser } = await createTestForum();
  const visitor = browser();
  const hostile = encodeURIComponent(HOSTILE);
  for (const path of [
    `/login?return_to=/${hostile}`,
    `/u/${hostile}`,
    `/t/${hostile}/1`,
    `/${hostile}`,
    `/latest?page=${hostile}`,
  ]) {
    expectHarmless(await (await visitor.get(path)).text());
  }
  await visitor.fetchCsrfToken();
  const form = { login: HOSTILE, password: HOSTILE, return_to: `/${HOSTILE}` };
  const page = await (await visitor.submit('/login', form)).text();
  expectHarmless(page);
  expect(page).not.toContain(HOSTILE);
});

test('pages: have a CSP without scripts, frames or forms to other sites', async () => {
  const { signedIn } = await createTestForum();
  const alice = await signedIn('alice');
  for (const path of ['/', '/t/1', '/categories', '/search', '/u/alice', '/new-topic', '/no-such-page']) {
    const { headers } = await alice.get(path);
    expect(headers.get('content-security-policy'), path).toBe(
      "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
    expect(headers.get('x-content-type-options'), path).toBe('nosniff');
    expect(headers.get('cache-control'), path).toContain('no-store');
  }
});

test('pages: contain nothing that the CSP forbids', async () => {
  const { signedIn } = await createTestForum();
  const alice = await signedIn('alice');
  for (const path of ['/', '/t/1', '/categories', '/search?q=plum', '/u/alice', '/new-topic']) {
    expect(await (await alice.get(path)).text(), path).not.toMatch(
      /<script|<style|\sstyle=|\son\w+=|(src|href)="http/,
    );
  }
});

test('GET /letter_avatar: draws the first letter of a user, and 404 for an unknown one', async () => {
  const { fetch } = await createTestForum();
  const answer = await fetch('/letter_avatar/alice/48.svg');
  expect(answer.headers.get('content-type')).toMatch(/^image\/svg\+xml/);
  expect(await answer.text()).toMatch(/^<svg [^>]*width="48".*>A<\/text><\/svg>$/);
  const hostile = encodeURIComponent('<script>');
  for (const path of [
    '/letter_avatar/nobody/48.svg',
    `/letter_avatar/${hostile}/48.svg`,
    '/letter_avatar/alice/x.svg',
  ]) {
    expect((await fetch(path)).status).toBe(404);
  }
});

test('GET /assets/forum.css: has the type text/css', async () => {
  const { fetch } = await createTestForum();
  const answer = await fetch('/assets/forum.css');
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/css; charset=utf-8']);
});

test('topic page: has a reply form for users and a sign-in link for visitors', async () => {
  const { fetch, signedIn } = await createTestForum();
  expect(await (await (await signedIn('alice')).get('/t/1')).text()).toContain('name="topic_id" value="1"');
  const { slug } = await json(fetch('/t/1.json'));
  const page = await (await fetch('/t/1')).text();
  expect(page).not.toContain('<textarea');
  expect(page).toContain(`href="/login?return_to=${encodeURIComponent(`/t/${slug}/1`)}"`);
});

test('sign-in page: never repeats a password', async () => {
  const { browser } = await createTestForum();
  const visitor = browser();
  await visitor.fetchCsrfToken();
  const page = await (await visitor.submit('/login', { login: 'alice', password: `${PASSWORD}-not` })).text();
  expect(page).not.toContain(PASSWORD);
});

test('cook: makes paragraphs and links', () => {
  expect(cook('One\n\nTwo, see https://example.org/a?b=1&c=2.')).toBe(
    '<p>One</p>\n<p>Two, see <a href="https://example.org/a?b=1&amp;c=2" rel="nofollow ugc noopener">https://example.org/a?b=1&amp;c=2</a>.</p>',
  );
});

test('cook: makes only paragraphs and web links from any text', () => {
  const pieces = fc.constantFrom(
    '<',
    '>',
    '"',
    "'",
    '&',
    'https://',
    'http://a.b',
    'javascript:',
    '\n',
    '\n\n',
    ' ',
    'script',
    '=',
    '`',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(pieces, fc.string()), { maxLength: 12 }), (parts) => {
      const tags = cook(parts.join('')).match(/<[^>]*>?/g) ?? [];
      for (const tag of tags) {
        expect(tag).toMatch(/^(<\/?p>|<\/a>|<a href="https?:\/\/[^"'<>\s]+" rel="nofollow ugc noopener">)$/);
      }
    }),
    { numRuns: 2_000 },
  );
});
