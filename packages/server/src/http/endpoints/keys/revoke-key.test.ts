import { refusalBodyOf, refusalOf } from '@valetkey/test-support/responses';
import { createTestSite, type TestSite } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';

const latest = { name: 'list#latest' };

describe('revoking', () => {
  const idOf = async ({ valetkey }: TestSite) => String((await valetkey.keysOf('id-alice'))[0]?.id);

  const revoke = ({ send }: TestSite, key: string) =>
    send('/user-api-key/revoke.json', { method: 'POST', headers: { 'User-Api-Key': key } });

  test('POST /user-api-key/revoke: an expired key revokes itself', async () => {
    const it = await createTestSite();
    const { key } = await it.approve({ expires_in_seconds: '60' });
    it.advance(61_000);
    expect(await refusalBodyOf(it.authorize(key, latest))).toMatchObject({ code: 'key_expired' });
    expect((await revoke(it, key)).status).toBe(200);
    expect(await refusalOf(revoke(it, key))).toBe('403 key_revoked');
  });

  test('POST /user-api-key/revoke: a key of a suspended user revokes itself', async () => {
    const it = await createTestSite();
    const { key } = await it.approve();
    it.changeUser('alice', { isSuspended: true });
    expect(await refusalBodyOf(it.authorize(key, latest))).toMatchObject({ code: 'user_suspended' });
    expect((await revoke(it, key)).status).toBe(200);
    expect(await refusalOf(revoke(it, key))).toBe('403 key_revoked');
  });

  test.each([
    ['User-Api-Key', (key: string) => ({ 'User-Api-Key': key })],
    ['Authorization: Bearer', (key: string) => ({ Authorization: `Bearer ${key}` })],
  ])('POST /user-api-key/revoke with %s, without .json: is refused in JSON', async (_, headersOf) => {
    const it = await createTestSite();
    const { key } = await it.approve();
    const headers = { Accept: '*/*', ...headersOf(key) };
    const send = () => it.send('/user-api-key/revoke', { method: 'POST', headers });
    expect((await send()).status).toBe(200);
    expect(await (await send()).json()).toMatchObject({ code: 'key_revoked' });
  });

  test('POST /user-api-key/revoke: its page has a form to undo, which restores the key at once', async () => {
    const it = await createTestSite();
    const { key } = await it.approve();
    const id = await idOf(it);
    const page = await (await it.post('/user-api-key/revoke', { id }, 'alice')).text();
    expect(page).toContain('action="/user-api-key/undo-revoke"');
    expect((await it.authorize(key, latest)).kind).toBe('refused');
    expect((await it.post('/user-api-key/undo-revoke', { id }, 'alice')).status).toBe(200);
    expect((await it.authorize(key, latest)).kind).toBe('key');
  });

  test.each([
    ['abc', 400],
    ['0', 400],
    ['1; DROP TABLE user_api_keys', 400],
    ['999999', 404],
    ['', 400],
  ])('POST /user-api-key/revoke and undo-revoke: the id “%s” is rejected (%i)', async (id, status) => {
    const { post } = await createTestSite();
    expect((await post('/user-api-key/revoke.json', { id }, 'alice')).status).toBe(status);
    expect((await post('/user-api-key/undo-revoke.json', { id }, 'alice')).status).toBe(status);
  });
});
