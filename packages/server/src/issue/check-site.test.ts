import { createValetkey, type Site } from '@valetkey/server';
import { createMemoryStore } from '@valetkey/server/store/memory';
import { expect, test } from 'vitest';

const alice = { id: '1', username: 'alice', isAdmin: false, isSuspended: false };
const site: Site = {
  name: 'Plum Photos',
  baseUrl: 'https://photos.example',
  findSession: () => ({ id: 'session-of-alice', user: alice }),
  loginUrl: () => '/login',
  findUser: () => alice,
  findUserByUsername: () => alice,
};

/** Creates the site as JavaScript could, with any values. */
const create = (changes: Record<string, unknown>) =>
  createValetkey({ site: { ...site, ...changes } as Site, store: createMemoryStore() });

test.each(['findSession', 'loginUrl', 'findUser', 'findUserByUsername'])(
  'createValetkey: rejects a site without the function %s',
  async (name) => {
    await expect(create({ [name]: undefined })).rejects.toThrow(`The site needs the function ${name}.`);
  },
);

test.each([undefined, '', 'photos.example', 'localhost:3000', '/photos'])(
  'createValetkey: rejects the base URL %j',
  async (baseUrl) => {
    await expect(create({ baseUrl })).rejects.toThrow('Site.baseUrl must be an absolute URL');
  },
);

test.each([
  ['a number as the id of the user', { id: 's', user: { ...alice, id: 1 } }, 'a user whose id is a string'],
  ['a user without an id', { id: 's', user: { username: 'alice' } }, 'a user whose id is a string'],
  ['an undefined id of the session', { id: undefined, user: alice }, 'a session whose id is a string'],
  ['an empty id of the user', { id: 's', user: { ...alice, id: '' } }, 'a user whose id is a string'],
])('a session with %s: is an error of the site', async (_name, session, message) => {
  const valetkey = await create({ findSession: () => session });
  const answered = valetkey.fetch(new Request('https://photos.example/account/apps'), {
    ipAddress: '192.0.2.1',
  });
  await expect(answered).rejects.toThrow(message);
});

test('a site whose ids are strings: is served', async () => {
  const valetkey = await create({});
  const request = new Request('https://photos.example/account/apps');
  expect((await valetkey.fetch(request, { ipAddress: '192.0.2.1' }))?.status).toBe(200);
});
