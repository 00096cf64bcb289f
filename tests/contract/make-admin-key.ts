import { expect } from 'vitest';
import { json, type RunningForum } from './running-forum.ts';

export const KEYS = '/admin/api/keys';

/** What an admin's browser is answered. */
export async function asAdmin(forum: RunningForum, method: string, path: string, body?: object) {
  const admin = await forum.browserOf('admin');
  return method === 'GET' ? admin.get(path) : admin.send(method, path, body);
}

/** What an admin makes; what is not said: for everybody, global. */
export async function makeAdminKey(forum: RunningForum, wish: Record<string, unknown> = {}) {
  const key = { description: 'Nightly export', username: null, scope_mode: 'global', ...wish };
  const answer = await asAdmin(forum, 'POST', `${KEYS}.json`, { key });
  expect(answer.status).toBe(200);
  return (await json(answer)).key as { id: number; key: string; truncated_key: string };
}

/** What a script with an admin key is answered. */
export function callWithAdminKey(
  forum: RunningForum,
  key: string,
  username: string | null,
  path: string,
  method = 'GET',
  body?: object,
) {
  return forum.send(path, {
    method,
    headers: {
      'Api-Key': key,
      'Content-Type': 'application/json',
      ...(username !== null && { 'Api-Username': username }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
}
