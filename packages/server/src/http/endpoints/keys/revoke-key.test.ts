import { createTestSite, stores } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';

const latest = { name: 'list#latest' };

describe.each(Object.entries(stores))('revoking on %s', (_name, createStore) => {
  const site = () => createTestSite({ store: createStore() });
  const idOf = async ({ valetkey }: Awaited<ReturnType<typeof site>>, user = 'id-alice') =>
    String((await valetkey.keysOf(user))[0]?.id);

  test('a key ends itself, whatever its scopes, and is refused from then on', async () => {
    const { approve, send, guard } = await site();
    const { key } = await approve({ scopes: 'push' });
    const response = await send('/user-api-key/revoke', { method: 'POST', headers: { 'User-Api-Key': key } });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ success: 'OK' });
    const outcome = await guard(key, latest);
    expect(outcome.kind === 'refused' && (await outcome.response.json())).toMatchObject({
      code: 'key_revoked',
      reason: 'revoked',
    });
    const again = await send('/user-api-key/revoke', { method: 'POST', headers: { 'User-Api-Key': key } });
    expect(again.status).toBe(403);
  });

  test('a key ends itself also when it has expired or its person is suspended', async () => {
    const { approve, send, advance, people } = await site();
    const expired = await approve({ expires_in_seconds: '60' });
    const alice = people.get('alice');
    if (alice) people.set('alice', { ...alice, isSuspended: true });
    advance(61_000);
    const response = await send('/user-api-key/revoke', {
      method: 'POST',
      headers: { 'User-Api-Key': expired.key },
    });
    expect(response.status).toBe(200);
  });

  test('a key ends no other, not even of its own person, not even an admin’s', async () => {
    const it = await site();
    await it.approve({ client_id: 'other' }, 'admin');
    const id = await idOf(it, 'id-admin');
    const { key } = await it.approve({ scopes: 'write' }, 'admin');
    const headers = { 'User-Api-Key': key };
    const response = await it.send(`/user-api-key/revoke.json?id=${id}`, { method: 'POST', headers });
    expect(response.status).toBe(403);
    expect((await it.valetkey.keysOf('id-admin')).length).toBe(2);
  });

  test('a person ends their own, an admin anybody’s, and nobody else does', async () => {
    const it = await site();
    const { key } = await it.approve();
    const id = await idOf(it);
    const refused = await it.post('/user-api-key/revoke.json', { id }, 'bob');
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ code: 'key_of_another_user' });
    expect((await it.guard(key, latest)).kind).toBe('key');
    expect(await (await it.post('/user-api-key/revoke.json', { id }, 'alice')).json()).toEqual({
      success: 'OK',
    });
    expect((await it.guard(key, latest)).kind).toBe('refused');
    expect((await it.post('/user-api-key/revoke.json', { id }, 'alice')).status).toBe(404);

    await it.approve();
    const second = await idOf(it);
    expect((await it.post('/user-api-key/revoke.json', { id: second }, 'admin')).status).toBe(200);
  });

  test('a page offers the way back, and undoing brings the key back at once', async () => {
    const it = await site();
    const { key } = await it.approve();
    const id = await idOf(it);
    const page = await (await it.post('/user-api-key/revoke', { id }, 'alice')).text();
    expect(page).toContain('action="/user-api-key/undo-revoke"');
    expect((await it.guard(key, latest)).kind).toBe('refused');
    expect((await it.post('/user-api-key/undo-revoke', { id }, 'alice')).status).toBe(200);
    expect((await it.guard(key, latest)).kind).toBe('key');
  });

  test('a key that was replaced stays dead', async () => {
    const it = await site();
    await it.approve();
    const id = await idOf(it);
    await it.approve();
    const response = await it.post('/user-api-key/undo-revoke.json', { id }, 'alice');
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({ code: 'key_was_replaced' });
  });

  test('a key undoes no revocation, and nobody undoes another person’s', async () => {
    const it = await site();
    const { key } = await it.approve({ scopes: 'write', client_id: 'live' });
    await it.approve({ client_id: 'dead' });
    const id = await idOf(it);
    await it.post('/user-api-key/revoke', { id }, 'alice');
    const byKey = await it.post('/user-api-key/undo-revoke.json', { id }, 'alice', { 'User-Api-Key': key });
    expect(await byKey.json()).toMatchObject({ code: 'session_required' });
    expect((await it.post('/user-api-key/undo-revoke.json', { id }, 'bob')).status).toBe(403);
    expect((await it.post('/user-api-key/undo-revoke.json', { id }, null)).status).toBe(403);
    expect((await it.post('/user-api-key/undo-revoke.json', { id }, 'admin')).status).toBe(200);
  });

  test.each([
    ['abc', 400],
    ['0', 400],
    ['1; DROP TABLE user_api_keys', 400],
    ['999999', 404],
    ['', 400],
  ])('answers an id of “%s” with %i', async (id, status) => {
    const { post } = await site();
    expect((await post('/user-api-key/revoke.json', { id }, 'alice')).status).toBe(status);
    expect((await post('/user-api-key/undo-revoke.json', { id }, 'alice')).status).toBe(status);
  });

  test('nothing to revoke is 404, and nobody to ask is 403', async () => {
    const { post } = await site();
    expect((await post('/user-api-key/revoke.json', {}, 'alice')).status).toBe(404);
    expect((await post('/user-api-key/revoke.json', {}, null)).status).toBe(403);
  });
});
