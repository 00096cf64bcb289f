import { expect, test } from 'vitest';
import { findFreePort, runApp } from '../test-support/run-app.ts';
import { webAppPromises } from '../test-support/web-app-promises.ts';

const topic = {
  title: 'Made by a web app & its <user>',
  raw: 'The app that posts this topic has no password.',
};

const { getSite, visit, signIn } = webAppPromises(async (site) => {
  const url = `http://127.0.0.1:${await findFreePort()}`;
  await site.changeSettings({ allowed_user_api_auth_redirects: `${url}/callback` });
  return runApp(process.execPath, ['server.ts'], {
    folder: import.meta.dirname,
    url,
    env: { APP_URL: url, FORUM_URL: site.url },
    isReady: /Serving/,
  });
});

test('POST /topics: posts as the user of each browser, and links to the topic', async () => {
  for (const username of ['alice', 'bob']) {
    const { text } = await (await signIn(username)).open('/topics', 'POST', topic);
    expect(text).toContain(`${username} made a topic: ${getSite().url}/t/`);
    const made = await (await fetch(`${/http\S+\/t\/\d+/.exec(text)?.[0]}.json`)).json();
    expect(made).toMatchObject({ title: topic.title, details: { created_by: { username } } });
  }
});

test('POST /topics, /sign-in, /sign-out: rejects forms of another site, and anonymous posts (403)', async () => {
  const alice = await signIn('alice');
  const foreign = { origin: 'https://evil.example' };
  for (const path of ['/topics', '/sign-in', '/sign-out'])
    expect((await alice.open(path, 'POST', topic, foreign)).status, path).toBe(403);
  expect((await alice.open('/')).text).toContain('You are alice.');
  expect((await visit().open('/topics', 'POST', topic)).status).toBe(403);
});

test('POST /sign-out: revokes the key', async () => {
  await getSite().revokeKeys('alice');
  const alice = await signIn('alice');
  expect((await alice.open('/sign-out', 'POST', {})).text).toContain('not signed in');
  expect(await getSite().revokeKeys('alice')).toBe(0);
});

test('POST /topics: shows the reason when the key was revoked (403)', async () => {
  const alice = await signIn('alice');
  await getSite().revokeKeys('alice');
  const page = await alice.open('/topics', 'POST', topic);
  expect(page).toEqual({ status: 403, text: expect.stringContaining('revoked') });
});
