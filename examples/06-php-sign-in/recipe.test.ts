import { expect, test } from 'vitest';
import { getProgram } from '../test-support/programs.ts';
import { findFreePort, runApp } from '../test-support/run-app.ts';
import { webAppPromises } from '../test-support/web-app-promises.ts';

const { getSite, visit, signIn, approve } = webAppPromises(async (site) => {
  const address = `127.0.0.1:${await findFreePort()}`;
  const url = `http://${address}`;
  await site.changeSettings({ allowed_user_api_auth_redirects: `${url}/callback` });
  const folder = import.meta.dirname;
  return runApp(getProgram(folder), ['-S', address, 'index.php'], {
    folder,
    url,
    env: { SITE_URL: url, FORUM_URL: site.url },
    isReady: /Development Server .* started/,
  });
});

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
