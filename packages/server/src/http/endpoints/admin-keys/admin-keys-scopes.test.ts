import { refusalBodyOf } from '@valetkey/test-support/responses';
import { createAdminSite, withKey } from '@valetkey/test-support/site/admin-site';
import { describe, expect, test } from 'vitest';
import { hashKey } from '../../../index.ts';

const NO = 'scope_insufficient';
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

describe('scopes of admin keys', () => {
  const site = () => createAdminSite();
  async function granular(...scopes: Record<string, unknown>[]) {
    const it = await site();
    await it.valetkey.settings.set('max_admin_api_reqs_per_minute', 1_000);
    const { key } = await it.make({ username: 'alice', scope_mode: 'granular', scopes });
    return (name: string, method = 'GET', parameters: Record<string, string> = {}) =>
      it.outcome(withKey(key), { name, parameters }, method);
  }

  test('a global key permits everything, a read-only key only GET requests', async () => {
    const it = await site();
    const global = await it.make({ username: 'alice' });
    const readOnly = await it.make({ username: 'alice', scope_mode: 'read_only' });
    for (const method of METHODS) {
      const route = { name: 'posts#anything' };
      const isReading = method === 'GET' || method === 'HEAD';
      expect(await it.outcome(withKey(global.key), route, method)).toBe('ok:alice');
      expect(await it.outcome(withKey(readOnly.key), route, method)).toBe(isReading ? 'ok:alice' : NO);
    }
  });

  test.each([
    ['topics:read', 'topics#show', 'GET'],
    ['topics:read', 'list#latest', 'GET'],
    ['topics:read', 'list#new', 'GET'],
    ['topics:read', 'list#unread', 'GET'],
    ['topics:write', 'posts#create', 'POST'],
    ['posts:read', 'posts#show', 'GET'],
    ['posts:edit', 'posts#update', 'PUT'],
    ['posts:delete', 'posts#destroy', 'DELETE'],
    ['users:show', 'users#show', 'GET'],
    ['search:query', 'search#query', 'GET'],
    ['categories:list', 'categories#index', 'GET'],
    ['categories:show', 'categories#show', 'GET'],
  ])('%s permits %s with %s, and no other method or route', async (scope_id, route, method) => {
    const outcome = await granular({ scope_id });
    for (const other of METHODS) {
      const isOpen = other === method || (method === 'GET' && other === 'HEAD');
      expect([other, await outcome(route, other)]).toEqual([other, isOpen ? 'ok:alice' : NO]);
    }
    for (const other of ['session#current', 'admin/users#suspend', 'topics#showing', 'topics', '*', '']) {
      expect([other, await outcome(other, method)]).toEqual([other, NO]);
    }
  });

  test('a bound value matches itself only: 7 matches neither 77 nor 07 nor a list that contains 7', async () => {
    const outcome = await granular({ scope_id: 'topics:write', topic_id: '7' });
    const reply = (topic_id: string) => outcome('posts#create', 'POST', { topic_id });
    expect(await reply('7')).toBe('ok:alice');
    for (const value of ['77', '7,9', '9', '07', '7 ', ' 7', '7.0', '+7', '7\n', '٧', '', '*', 'undefined']) {
      expect([value, await reply(value)]).toEqual([value, NO]);
    }
    expect(await outcome('posts#create', 'POST')).toBe(NO);
    expect(await outcome('posts#create', 'POST', { id: '7', Topic_id: '7' })).toBe(NO);
  });

  test('a bound scope permits the routes with the parameter, by their own names for it, but no lists', async () => {
    const outcome = await granular({ scope_id: 'topics:read', topic_id: 7 });
    expect(await outcome('topics#show', 'GET', { slug: 'seven', id: '7' })).toBe('ok:alice');
    expect(await outcome('topics#show', 'GET', { slug: '7', id: '8' })).toBe(NO);
    expect(await outcome('topics#show', 'GET', { topic_id: '7', id: '8' })).toBe(NO);
    expect(await outcome('list#latest')).toBe(NO);
    expect(await outcome('list#latest', 'GET', { id: '7', topic_id: '7' })).toBe(NO);
  });

  test('a value bound in one scope permits nothing in another', async () => {
    const outcome = await granular(
      { scope_id: 'posts:edit', id: '7' },
      { scope_id: 'posts:delete', id: '9' },
      { scope_id: 'users:show', username: 'alice' },
    );
    expect(await outcome('posts#update', 'PUT', { id: '7' })).toBe('ok:alice');
    expect(await outcome('posts#destroy', 'DELETE', { id: '9' })).toBe('ok:alice');
    expect(await outcome('posts#update', 'PUT', { id: '9' })).toBe(NO);
    expect(await outcome('posts#destroy', 'DELETE', { id: '7' })).toBe(NO);
    expect(await outcome('users#show', 'GET', { username: 'alice' })).toBe('ok:alice');
    expect(await outcome('users#show', 'GET', { username: 'bob' })).toBe(NO);
  });

  test('a refusal names the scopes of the key and the sufficient ones', async () => {
    const it = await site();
    const scopes = [{ scope_id: 'search:query' }];
    const { key } = await it.make({ username: 'alice', scope_mode: 'granular', scopes });
    const result = await it.authorize(withKey(key), { name: 'posts#create' }, 'POST');
    expect(await refusalBodyOf(result)).toMatchObject({
      code: NO,
      granted_scopes: ['search:query'],
      required_scopes: ['topics:write'],
    });
  });

  test('a scope that the site no longer defines permits nothing', async () => {
    const it = await site();
    const key = 'ab'.repeat(32);
    await it.store.createAdminKey({
      keyHash: hashKey(key),
      truncatedKey: 'abab',
      description: 'Old',
      userId: 'id-alice',
      scopeMode: 'granular',
      scopes: ['topics:gone', 'toString', '__proto__'].map((scopeId) => ({ scopeId, parameters: {} })),
      createdBy: 'id-admin',
      createdAt: 1,
    });
    expect(await it.outcome(withKey(key))).toBe(NO);
  });
});
