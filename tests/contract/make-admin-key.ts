import { json } from '@valetkey/test-support/responses';
import { expect } from 'vitest';
import type { ContractSite } from './target/contract-site.ts';

export const KEYS = '/admin/api/keys';

/** Sends a request from the browser of an admin. */
export async function asAdmin(site: ContractSite, method: string, path: string, body?: object) {
  const admin = await site.browserOf('admin');
  return method === 'GET' ? admin.get(path) : admin.send(method, path, body);
}

/** Makes an admin key: global and for all users, unless the wish says otherwise. */
export async function makeAdminKey(site: ContractSite, wish: Record<string, unknown> = {}) {
  const key = { description: 'Nightly export', username: null, scope_mode: 'global', ...wish };
  const answer = await asAdmin(site, 'POST', `${KEYS}.json`, { key });
  expect(answer.status).toBe(200);
  return (await json(answer)).key as { id: number; key: string; truncated_key: string };
}

/** Sends a request with an admin key. */
export function callWithAdminKey(
  site: ContractSite,
  { key, username }: { readonly key: string; readonly username: string | null },
  path: string,
  { method = 'GET', body }: { readonly method?: string; readonly body?: object | undefined } = {},
) {
  return site.send(path, {
    method,
    headers: {
      'Api-Key': key,
      'Content-Type': 'application/json',
      ...(username !== null && { 'Api-Username': username }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
}
