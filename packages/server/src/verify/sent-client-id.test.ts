import { createTestSite, keyRequest } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';

async function createSiteWithKey() {
  const site = await createTestSite();
  const { key } = await site.approve({ client_id: 'phone' });
  const use = async (text: string, id: string) =>
    (await site.authorize(text, { name: 'list#latest' }, { headers: { 'User-Api-Client-Id': id } })).kind;
  const clients = async () =>
    (await site.valetkey.keysOf('id-alice')).map(({ clientId, sentClientId }) => [clientId, sentClientId]);
  return { ...site, key, use, clients };
}

describe('User-Api-Client-Id', () => {
  test('never moves a key: the next login of its client replaces it, whatever id its holder sent', async () => {
    const site = await createSiteWithKey();
    expect(await site.use(site.key, 'hidden')).toBe('key');
    expect(await site.clients()).toEqual([['phone', 'hidden']]);
    const { key } = await site.approve({ client_id: 'phone' });
    expect(await site.use(site.key, 'hidden')).toBe('refused');
    expect(await site.use(key, 'phone')).toBe('key');
    expect(await site.clients()).toEqual([['phone', null]]);
  });

  test('replaces no other key, and lets a login with the sent id replace this one too', async () => {
    const site = await createSiteWithKey();
    const { key: tablet } = await site.approve({ client_id: 'tablet' });
    await site.use(site.key, 'tablet');
    expect(await site.use(tablet, '')).toBe('key');
    await site.approve({ client_id: 'tablet' });
    expect(await site.use(site.key, 'tablet')).toBe('refused');
  });

  test('ignores the id of a registered client, one that is too long, and one for a key of another kind', async () => {
    const site = await createSiteWithKey();
    await site.valetkey.settings.set('allow_user_api_key_client_scopes', 'read');
    await site.post('/user-api-key-client.json', keyRequest({ client_id: 'registered' }), null);
    expect(await site.store.findClient('registered')).not.toBeNull();
    for (const id of ['registered', 'x'.repeat(201)]) expect(await site.use(site.key, id)).toBe('key');
    expect(await site.clients()).toEqual([['phone', null]]);
  });

  test('is stored from a request for current.json too', async () => {
    const site = await createSiteWithKey();
    const headers = { 'User-Api-Key': site.key, 'User-Api-Client-Id': 'hidden' };
    expect((await site.get('/user-api-key/current.json', headers)).status).toBe(200);
    expect(await site.clients()).toEqual([['phone', 'hidden']]);
  });

  test('is audited, and shown on the apps page and in current.json', async () => {
    const site = await createSiteWithKey();
    await site.use(site.key, 'hidden <b>');
    const [newest] = await site.store.listAuditEvents({ beforeId: null, limit: 1 });
    expect(newest).toMatchObject({
      action: 'client_id_sent',
      actorId: null,
      ownerId: 'id-alice',
      subject: 'Plum Reader: hidden <b>',
      ipAddress: '192.0.2.1',
    });
    const page = await site.get('/u/alice/preferences/apps', { cookie: 'session=alice' });
    expect(await page.text()).toContain('<bdi>hidden &lt;b&gt;</bdi>');
    const current = await site.get('/user-api-key/current.json', { 'User-Api-Key': site.key });
    expect(await current.json()).toMatchObject({ client_id: 'phone', sent_client_id: 'hidden <b>' });
    await site.use(site.key, 'phone');
    expect(await site.clients()).toEqual([['phone', null]]);
  });
});
