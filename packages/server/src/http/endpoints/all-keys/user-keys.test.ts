import { readForm } from '@valetkey/test-support/page-form';
import { createTestSite, keyRequest, query, type TestSite } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';

const PATH = '/admin/user-api-key-list';
const DAY = 86_400_000;
const admin = { cookie: 'session=admin' };

interface Listed {
  keys: { id: number; user: string; application_name: string; scopes: string[] }[];
  more: string | null;
}

async function createKeys() {
  const site = await createTestSite();
  await site.approve({ application_name: 'Writer', client_id: 'w', scopes: 'read,write' });
  await site.approve({
    application_name: 'Reader',
    client_id: 'r',
    scopes: 'read',
    expires_in_seconds: '864000',
  });
  await site.approve({ application_name: 'Reader', client_id: 'r', scopes: 'read' }, 'bob');
  const list = async (filter: Record<string, string> = {}) =>
    (await (await site.get(`${PATH}.json${query(filter)}`, admin)).json()) as Listed;
  const names = async (filter: Record<string, string> = {}) =>
    (await list(filter)).keys.map(({ user, application_name }) => `${application_name} of ${user}`);
  return { site, list, names };
}

const pageOf = async (site: TestSite, filter = {}) => (await site.get(PATH + query(filter), admin)).text();

describe('GET /admin/user-api-key-list', () => {
  test('lists the active keys of all users, newest first', async () => {
    const { names, site } = await createKeys();
    expect(await names()).toEqual(['Reader of bob', 'Reader of alice', 'Writer of alice']);
    const page = await pageOf(site);
    expect(page).toContain('aria-label="Select Writer of alice"');
  });

  test('answers who can write as alice, and through what', async () => {
    const { names } = await createKeys();
    expect(await names({ user: 'Alice', scope: 'write' })).toEqual(['Writer of alice']);
  });

  test.each([
    [{ name: 'READ' }, 2],
    [{ client_id: 'w' }, 1],
    [{ redirect: 'nowhere.example' }, 0],
    [{ kind: 'personal' }, 0],
    [{ expires_days: '11' }, 1],
    [{ expires_days: '9' }, 0],
    [{ unused_days: '1' }, 0],
    [{ user: 'nobody' }, 0],
  ])('filters by %o', async (filter, count) => {
    const { names } = await createKeys();
    expect(await names(filter as Record<string, string>)).toHaveLength(count);
  });

  test('answers which apps use a redirect, by a part of it', async () => {
    const { names, site } = await createKeys();
    await site.post(
      '/user-api-key.json',
      keyRequest({ application_name: 'Web app', client_id: 'web' }),
      'alice',
    );
    expect(await names({ redirect: 'APP.example' })).toEqual(['Web app of alice']);
    expect(await pageOf(site, { redirect: 'app.example' })).toContain('>https://app.example/cb</code>');
  });

  test('filters by the days without use', async () => {
    const { names, site } = await createKeys();
    site.advance(3 * DAY);
    expect(await names({ unused_days: '2' })).toHaveLength(3);
  });

  test.each([{ kind: 'admin' }, { unused_days: '-1' }, { before: '0' }, { expires_days: 'soon' }])(
    'rejects an invalid filter: %o (400)',
    async (filter) => {
      const { site } = await createKeys();
      expect((await site.get(`${PATH}.json${query(filter as Record<string, string>)}`, admin)).status).toBe(
        400,
      );
    },
  );

  test.each(['', '.json', '/export'])('is for admins only: %s', async (suffix) => {
    const { site } = await createKeys();
    expect((await site.get(PATH + suffix, { cookie: 'session=bob' })).status).toBe(403);
    const anonymous = await site.get(PATH + suffix);
    expect([302, 403]).toContain(anonymous.status);
  });
});

describe('POST /admin/user-api-key-list/revoke', () => {
  test('revokes the selected keys, which their users cannot restore', async () => {
    const { site, list, names } = await createKeys();
    const id = (await list({ user: 'bob' })).keys[0]?.id;
    const page = await pageOf(site, { name: 'Reader' });
    const form = { ...readForm(page, `${PATH}/revoke`), [`id:${id}`]: '1' };
    const response = await site.send(`${PATH}/revoke`, {
      method: 'POST',
      body: new URLSearchParams(form),
      headers: admin,
    });
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe(`${PATH}?name=Reader&revoked=1`);
    expect(await names()).toEqual(['Reader of alice', 'Writer of alice']);
    expect((await site.store.findKey(id ?? 0))?.revokedReason).toBe('revoked_by_admin');
  });

  test('revokes all keys of a page with one button', async () => {
    const { site, names } = await createKeys();
    const [, all = ''] = /name="all" value="([^"]*)"/.exec(await pageOf(site, { user: 'alice' })) ?? [];
    expect((await site.post(`${PATH}/revoke.json`, { all }, 'admin')).status).toBe(200);
    expect(await names()).toEqual(['Reader of bob']);
  });

  test.each(['', 'x', '1,,2', '-1'])('rejects the ids “%s” (400)', async (ids) => {
    const { site, names } = await createKeys();
    expect((await site.post(`${PATH}/revoke.json`, { ids }, 'admin')).status).toBe(400);
    expect(await names()).toHaveLength(3);
  });

  test.each([
    ['bob', 'bob'],
    [null, 'admin'],
  ])('rejects the form of %s with the session of %s (403)', async (token, session) => {
    const { site, names } = await createKeys();
    const response = await site.post(`${PATH}/revoke`, { ids: '1' }, token, { cookie: `session=${session}` });
    expect(response.status).toBe(403);
    expect(await names()).toHaveLength(3);
  });
});

test('GET /admin/user-api-key-list/export: has every matching key as CSV, and no formula', async () => {
  const { site } = await createKeys();
  await site.approve({ application_name: '=HYPERLINK("https://evil.example")', client_id: 'e' }, 'bob');
  const response = await site.get(`${PATH}/export${query({ user: 'bob' })}`, admin);
  expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(response.headers.get('content-disposition')).toBe('attachment; filename="keys.csv"');
  const [head, ...rows] = (await response.text()).trimEnd().split('\r\n');
  expect(head).toMatch(/^id,user,application_name,/);
  expect(rows).toHaveLength(2);
  expect(rows[0]).toContain(`,bob,"'=HYPERLINK(""https://evil.example"")",app,e,`);
});

test.each([
  ['csv', 'text/csv; charset=utf-8', /^id,at,action,actor,owner,key_id,subject,address\r\n\d+,2026-/],
  ['jsonl', 'application/jsonl; charset=utf-8', /^\{"id":\d+,"at":"2026-.*\}\n\{/],
])('GET /admin/user-api-key-audit/export: returns the filtered events as %s', async (format, type, text) => {
  const { site } = await createKeys();
  const path = `/admin/user-api-key-audit/export${query({ format, person: 'alice' })}`;
  const response = await site.get(path, admin);
  expect(response.headers.get('content-type')).toBe(type);
  const body = await response.text();
  expect(body).toMatch(text);
  expect(body).not.toContain('bob');
  expect((await site.get(path, { cookie: 'session=bob' })).status).toBe(403);
  expect((await site.get(path.replace(format, 'xml'), admin)).status).toBe(400);
});
