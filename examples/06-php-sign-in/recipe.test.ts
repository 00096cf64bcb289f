import type { TestSite } from '@valetkey/forum/testing';
import { expect, onTestFinished, test } from 'vitest';
import { getProgram } from '../test-support/programs.ts';
import { findFreePort, runApp } from '../test-support/run-app.ts';
import { startHostileSite } from '../test-support/start-hostile-site.ts';
import { createVisitor } from '../test-support/visitor.ts';
import { webAppPromises } from '../test-support/web-app-promises.ts';

const { getSite, visit, signIn, approve } = webAppPromises((site) => start(site, site.url));

/** @param forumUrl where the app sends its requests */
async function start(site: TestSite, forumUrl: string) {
  const address = `127.0.0.1:${await findFreePort()}`;
  const url = `http://${address}`;
  await site.changeSettings({ allowed_user_api_auth_redirects: `${url}/callback` });
  const folder = import.meta.dirname;
  return runApp(getProgram(folder), ['-S', address, 'index.php'], {
    folder,
    url,
    env: { SITE_URL: url, FORUM_URL: forumUrl },
    isReady: /Development Server .* started/,
  });
}

test('sign-in: revokes the key after it has read the user', async () => {
  await getSite().revokeKeys('alice');
  await signIn('alice');
  expect(await getSite().revokeKeys('alice')).toBe(0);
});

test('POST /topics: posts an approved topic as the visitor, and links to it', async () => {
  await getSite().revokeKeys('alice');
  const alice = await signIn('alice');
  const topic = {
    title: 'Made by a page in PHP & its <user>',
    raw: 'The site that posts this topic has no password: 100% + more.',
  };
  const { text } = await alice.open(await approve(await alice.begin('/topics', topic), 'alice'));
  expect(text).toContain(`You are alice. You made a topic: ${getSite().url}/t/`);
  const made = await (await fetch(`${/http\S+\/t\/\d+/.exec(text)?.[0]}.json`)).json();
  expect(made).toMatchObject({ title: topic.title, details: { created_by: { username: 'alice' } } });
  expect(await getSite().revokeKeys('alice')).toBe(0);
});

test('POST /topics: revokes the key and shows the reason when the forum rejects the topic', async () => {
  await getSite().revokeKeys('alice');
  const alice = await signIn('alice');
  const redirect = await approve(await alice.begin('/topics', { title: 'Short', raw: 'A text.' }), 'alice');
  expect(await alice.open(redirect)).toEqual({ status: 403, text: expect.stringContaining('too short') });
  expect(await getSite().revokeKeys('alice')).toBe(0);
});

test('POST /topics: requests the scope write for a topic only, and from a signed-in visitor only', async () => {
  const stranger = visit();
  expect(new URL(await stranger.beginSignIn()).searchParams.get('scopes')).toBe('session_info');
  expect((await stranger.open('/topics', 'POST', { title: 'A title', raw: 'A text.' })).status).toBe(403);
});

const HOSTILE = '<img src=x onerror=alert(1)>\u001b]0;title\u0007\u009b31m\u202ereversed';

test.each([
  ['a user name', 200, { current_user: { id: 2, username: HOSTILE } }],
  ['an error', 422, { errors: [HOSTILE] }],
  ['a body', 200, HOSTILE],
])(
  'callback: shows no markup and no control character of %s of a hostile forum',
  async (_name, status, body) => {
    const { allowed_user_api_auth_redirects: redirects } = await getSite().settings();
    const hostile = await startHostileSite(getSite().url, { row: 'GET /session/current.json', status, body });
    const app = await start(getSite(), hostile);
    onTestFinished(async () => {
      await app.stop();
      await getSite().changeSettings({ allowed_user_api_auth_redirects: redirects });
    });
    const visitor = createVisitor(app.url);
    const address = (await visitor.beginSignIn()).replace(hostile, getSite().url);
    const shown = await visitor.open(await approve(address, 'alice'));
    expect(shown.text).toMatch(status === 200 && typeof body === 'object' ? /You are &lt;img/ : /rejected/);
    expect(shown.text).not.toMatch(/<img|(?!\n)\p{C}/u);
  },
);
