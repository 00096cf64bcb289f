import { expect, test } from 'vitest';
import { CALLBACK, createOauthSite } from './test-support/oauth-site.ts';

const LIST = '/admin/user-api-key-list';
const admin = { cookie: 'session=admin' };

async function openSite() {
  const site = await createOauthSite();
  const list = async (query = '') => {
    const response = await site.get(`${LIST}.json?kind=oauth${query}`, admin);
    return ((await response.json()) as { keys: Record<string, unknown>[] }).keys;
  };
  return { ...site, list };
}

test('the keys of users: lists the connections of OAuth apps by user, scope and redirect, and exports them', async () => {
  const site = await openSite();
  await site.connect();
  await site.connect({ scope: 'read' }, 'bob');
  expect(await site.list()).toMatchObject([
    { id: 2, user: 'bob', kind: 'oauth', application_name: 'Plum Client', scopes: ['read'] },
    { id: 1, user: 'alice', auth_redirect: CALLBACK, client_id: 'public-client', scopes: ['read', 'write'] },
  ]);
  expect(await site.list('&user=alice')).toHaveLength(1);
  expect(await site.list('&scope=write')).toMatchObject([{ user: 'alice' }]);
  expect(await site.list('&redirect=client.example')).toHaveLength(2);
  expect(await site.list('&redirect=evil.example')).toEqual([]);
  const csv = await (await site.get(`${LIST}/export?kind=oauth`, admin)).text();
  expect(csv).toContain('alice,Plum Client,oauth,public-client');
  const keys = await (await site.get(`${LIST}.json`, admin)).json();
  expect(keys).toMatchObject({ keys: [] });
});

test('the keys of users: revoke a connection by its id, and no key with the same id', async () => {
  const site = await openSite();
  const { key } = await site.approve();
  const tokens = await site.connect();
  const page = await (await site.get(`${LIST}?kind=oauth`, admin)).text();
  expect(page).toContain('name="kind" value="oauth"');
  expect(page).toContain('Their apps must connect again.');
  const revoke = (values: Record<string, string>, as = 'admin') =>
    site.post(`${LIST}/revoke.json`, { ids: '1', ...values }, as);
  expect((await revoke({ kind: 'oauth' }, 'bob')).status).toBe(403);
  expect(await (await revoke({ kind: 'oauth' })).json()).toEqual({ success: 'OK', revoked: 1 });
  expect(await site.use(tokens.access_token)).toBe('401 key_revoked');
  expect((await site.authorize(key, { name: 'list#latest' })).kind).toBe('key');
  const [event] = await site.store.listAuditEvents({ beforeId: null, limit: 1 });
  expect(event).toMatchObject({
    action: 'key_revoked',
    actorId: 'id-admin',
    ownerId: 'id-alice',
    subject: 'Plum Client',
  });
});

test('the daily counts: have the uses and refusals of OAuth apps, apart from a key with the same id', async () => {
  const site = await openSite();
  await site.approve();
  const { access_token } = await site.connect({ scope: 'read' });
  expect(await site.use(access_token)).toBe('ok');
  expect(await site.use(access_token, { name: 'posts#create' }, { method: 'POST' })).toBe(
    '403 scope_insufficient',
  );
  await site.valetkey.runDailyJobs();
  const counts = await site.store.listKeyUses({ keyIds: [1, -1], sinceDay: 0 });
  expect(counts.map(({ keyId, outcome, count }) => [keyId, outcome, count])).toEqual([
    [-1, 'allowed', 1],
    [-1, 'scope_insufficient:write', 1],
  ]);
  const apps = await (await site.get('/u/alice/preferences/apps', { cookie: 'session=alice' })).text();
  expect(apps).toContain('it lacks the permission');
  expect(apps.split('<svg class="chart"')).toHaveLength(2);
});
