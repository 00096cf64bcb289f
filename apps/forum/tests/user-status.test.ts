import { expect, test } from 'vitest';
import { asApp, createTestForum, json } from './test-forum.ts';

const none = { description: null, emoji: null, ends_at: null };
const NOT_IN_THE_FUTURE = 'The parameter ends_at must be a time in the future, such as 2030-01-31T12:00:00Z.';
const dentist = { description: 'At the dentist', emoji: 'tooth', ends_at: '2026-11-23T13:00:00.000Z' };

/** An app of alice with the scope user_status only. */
async function createStatusApp() {
  const forum = await createTestForum();
  const key = await forum.issueKey('alice', 'user_status');
  const send = (method: string, body: unknown = {}) =>
    forum.fetch('/user-status.json', asApp(key, { method, body: JSON.stringify(body) }));
  return { ...forum, key, send, get: () => json(forum.fetch('/user-status.json', asApp(key))) };
}

test('user status: an app can read, set, replace and clear it', async () => {
  const { send, get, fetch } = await createStatusApp();
  expect(await get()).toEqual(none);
  expect(await json(send('PUT', dentist))).toEqual({ success: 'OK' });
  expect(await get()).toEqual(dentist);
  expect((await json(fetch('/u/alice.json'))).user.status).toEqual(dentist);
  expect((await json(fetch('/u/bob.json'))).user.status).toBeNull();

  const back = { description: '  <b>Back</b> & 🦷 ', emoji: 'wave:t3' };
  expect((await send('PUT', back)).status).toBe(200);
  expect(await get()).toEqual({ description: '<b>Back</b> & 🦷', emoji: 'wave:t3', ends_at: null });
  expect(await json(send('DELETE'))).toEqual({ success: 'OK' });
  expect(await json(send('DELETE'))).toEqual({ success: 'OK' });
  expect(await get()).toEqual(none);
});

test('user status: ends at its time', async () => {
  const { send, get, fetch, advance } = await createStatusApp();
  await send('PUT', dentist);
  advance(3_599_999);
  expect(await get()).toEqual(dentist);
  advance(1);
  expect(await get()).toEqual(none);
  expect((await json(fetch('/u/alice.json'))).user.status).toBeNull();
});

test.each<[Record<string, unknown>, string]>([
  [{ description: '' }, 'The parameter description is missing.'],
  [{ description: ' \t ' }, 'The parameter description is missing.'],
  [{ description: 'x'.repeat(101) }, 'The parameter description is too long (maximum is 100 characters).'],
  [{ description: 'Two\nlines' }, 'The parameter description must be one line of text.'],
  [{ description: 'Half \ud800 a letter' }, 'The parameter description must be one line of text.'],
  [{ description: ['x'] }, 'The parameter description must be a single text.'],
  [{ emoji: '' }, 'The parameter emoji must be the name of an emoji, such as speech_balloon.'],
  [{ emoji: '<img>' }, 'The parameter emoji must be the name of an emoji, such as speech_balloon.'],
  [{ ends_at: 'yesterday' }, NOT_IN_THE_FUTURE],
  [{ ends_at: '2026-11-23T12:00:00Z' }, NOT_IN_THE_FUTURE],
  [{ ends_at: '2027-02-30' }, NOT_IN_THE_FUTURE],
  [{ ends_at: '2027-01-01T10:00' }, NOT_IN_THE_FUTURE],
  [{ ends_at: '1e99' }, NOT_IN_THE_FUTURE],
  [{ ends_at: true }, NOT_IN_THE_FUTURE],
])('PUT /user-status: rejects %j with a sentence and keeps the old status', async (wrong, sentence) => {
  const { send, get } = await createStatusApp();
  await send('PUT', dentist);
  const answer = await send('PUT', { description: 'Away', emoji: 'wave', ...wrong });
  expect([answer.status, (await json(answer)).errors]).toEqual([400, [sentence]]);
  expect(await get()).toEqual(dentist);
});

test('scope user_status: allows no other route, and writing needs it', async () => {
  const { fetch, issueKey, key } = await createStatusApp();
  expect((await fetch('/session/current.json', asApp(key))).status).toBe(403);
  const read = await issueKey('alice', 'read');
  expect((await fetch('/user-status.json', asApp(read))).status).toBe(200);
  for (const method of ['PUT', 'DELETE']) {
    const answer = await fetch(
      '/user-status.json',
      asApp(read, { method, body: JSON.stringify({ description: 'Hacked', emoji: 'skull' }) }),
    );
    expect(await json(answer)).toMatchObject({ required_scopes: ['write', 'user_status'] });
  }
});
