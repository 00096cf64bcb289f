import { newKey } from '@valetkey/conformance/fixtures';
import { createTestSite, type TestSite } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';

const PATH = '/u/alice/preferences/apps';
const DAY = 86_400_000;
const alice = { cookie: 'session=alice' };
const READ = { name: 'list#latest' };

async function readPage(site: TestSite, query = ''): Promise<string> {
  const response = await site.get(PATH + query, alice);
  expect(response.status).toBe(200);
  return response.text();
}
/** The names of the listed keys, in the order of the page. */
const namesOn = (page: string) => [...page.matchAll(/<h2><bdi>([^<]*)<\/bdi>/g)].map(([, name]) => name);

async function createApps(names: readonly string[]) {
  const site = await createTestSite();
  const keys = new Map<string, string>();
  for (const name of names) {
    const { key } = await site.approve({ application_name: name, client_id: name, scopes: 'read' });
    keys.set(name, key);
  }
  return { site, use: (name: string) => site.authorize(keys.get(name) ?? '', READ) };
}

describe('the list of apps', () => {
  test('is sorted by creation, last use or name, and filtered by a part of the name', async () => {
    const { site, use } = await createApps(['Plum 10', 'plum 9', 'Quince']);
    await use('plum 9');
    expect(namesOn(await readPage(site))).toEqual(['Quince', 'plum 9', 'Plum 10']);
    expect(namesOn(await readPage(site, '?sort=used'))[0]).toBe('plum 9');
    expect(namesOn(await readPage(site, '?sort=name'))).toEqual(['plum 9', 'Plum 10', 'Quince']);
    expect(namesOn(await readPage(site, '?search=PLUM&sort=name'))).toEqual(['plum 9', 'Plum 10']);
    expect(await readPage(site, '?search=pear')).toContain('No app matches.');
    expect((await site.get(`${PATH}?sort=secret`, alice)).status).toBe(400);
    expect((await site.get(`${PATH}?page=0`, alice)).status).toBe(400);
  });

  test('has 15 keys on a page, and the links keep the search', async () => {
    const site = await createTestSite();
    await site.valetkey.settings.set('max_app_user_api_keys', '500');
    await site.valetkey.settings.set('max_user_api_key_approvals_per_hour', '1000');
    for (let app = 0; app < 16; app += 1) {
      await site.approve({ application_name: `App ${app}`, client_id: `c${app}` });
    }
    const first = await readPage(site, '?search=App');
    expect(namesOn(first)).toHaveLength(15);
    const [, next = ''] = /href="[^"]*(\?[^"]*)">Next page/.exec(first) ?? [];
    expect(namesOn(await readPage(site, next.replaceAll('&amp;', '&')))).toEqual(['App 0']);
    expect(next).toContain('search=App');
  });

  test('stays below 50 kB with 500 keys that were used and refused every day', async () => {
    const site = await createTestSite();
    const today = Math.floor(site.now() / DAY);
    for (let app = 0; app < 500; app += 1) {
      const changes = {
        userId: 'id-alice',
        clientId: `c${app}`,
        applicationName: `Plum Reader on phone ${app}`,
      };
      const { key } = await site.store.replaceKey(newKey({ ...changes, createdAt: site.now() }));
      await site.store.addKeyUses(
        Array.from({ length: 60 }, (_, index) => ({
          keyId: key.id,
          day: today - Math.floor(index / 2),
          outcome: index % 2 === 0 ? 'allowed' : 'scope_insufficient:write',
          count: 7 * index + app,
        })),
      );
    }
    const page = await readPage(site);
    expect(Buffer.byteLength(page)).toBeLessThan(50_000);
    expect(page.length).toBeGreaterThan(10_000);
  });

  test('shows the requests of 30 days, and why some were refused', async () => {
    const { site, use } = await createApps(['Plum']);
    await use('Plum');
    await site.valetkey.runDailyJobs();
    site.advance(DAY);
    await use('Plum');
    await site.valetkey.runDailyJobs();
    expect(await readPage(site)).toContain('2 allowed requests in 30 days. Most requests on one day: 1.');
    await site.valetkey.settings.set('max_user_api_reqs_per_minute', '1');
    await use('Plum');
    await use('Plum');
    await site.valetkey.runDailyJobs();
    expect(await readPage(site)).toMatch(/Refused (once|2 times) in the last 7 days: too many requests/);
    site.advance(7 * DAY);
    expect(await readPage(site)).not.toContain('in the last 7 days: ');
  });

  test('names the scope that a refused request needs, also with a colon in its name', async () => {
    const { site } = await createApps(['Plum']);
    const [key] = await site.valetkey.keysOf('id-alice');
    const day = Math.floor(site.now() / DAY);
    const outcome = 'scope_insufficient:photos:write';
    await site.store.addKeyUses([{ keyId: key?.id ?? 0, day, outcome, count: 1 }]);
    expect(await readPage(site)).toContain('it lacks the permission <code>photos:write</code>');
  });
});

describe('POST /user-api-key/revoke-many', () => {
  const revoke = (site: TestSite, body: Record<string, string>, as = 'alice') =>
    site.post('/user-api-key/revoke-many.json', body, as);

  test('revokes the keys that were not used for 60 days, and each can be restored', async () => {
    const { site, use } = await createApps(['Used', 'Unused']);
    site.advance(50 * DAY);
    await use('Used');
    site.advance(11 * DAY);
    expect(await (await revoke(site, { unused_days: '60' })).json()).toEqual({ success: 'OK', revoked: 1 });
    const page = await readPage(site);
    expect(namesOn(page)).toEqual(['Used']);
    expect(page).toContain('aria-label="Undo: Unused"');
  });

  test('revokes all keys of the user and of nobody else', async () => {
    const { site } = await createApps(['One', 'Two']);
    await site.approve({ client_id: 'bob' }, 'bob');
    expect(await (await revoke(site, { all: '1' })).json()).toMatchObject({ revoked: 2 });
    expect(await site.valetkey.keysOf('id-alice')).toEqual([]);
    expect(await site.valetkey.keysOf('id-bob')).toHaveLength(1);
  });

  test.each([{}, { all: '1', unused_days: '60' }, { all: '0' }, { unused_days: '-1' }, { unused_days: '0' }])(
    'rejects an unclear selection and revokes nothing: %o (400)',
    async (body) => {
      const { site } = await createApps(['One']);
      site.advance(100 * DAY);
      expect((await revoke(site, body)).status).toBe(400);
      expect(await site.valetkey.keysOf('id-alice')).toHaveLength(1);
    },
  );

  test('rejects a form of another site (403)', async () => {
    const { site } = await createApps(['One']);
    const response = await site.post('/user-api-key/revoke-many', { all: '1' }, null, alice);
    expect(response.status).toBe(403);
    expect(await site.valetkey.keysOf('id-alice')).toHaveLength(1);
  });
});

describe('the page of one app', () => {
  test('shows scopes with details, the use per day and the name, and is its owner’s only', async () => {
    const { site, use } = await createApps(['Plum']);
    await use('Plum');
    await site.valetkey.runDailyJobs();
    const [key] = await site.valetkey.keysOf('id-alice');
    const page = await readPage(site, `/${key?.id}`);
    expect(page).toContain('The app cannot post, change or delete anything.');
    expect(page).toMatch(/<th scope="row">November 23, 2026<\/th><td>1<\/td><td>0<\/td>/);
    const ofBob = await site.get(`/u/bob/preferences/apps/${key?.id}`, { cookie: 'session=bob' });
    expect(ofBob.status).toBe(404);
    expect((await site.get(`${PATH}/999`, alice)).status).toBe(404);
  });

  test('POST /user-api-key/rename: renames a key of the user, with an audit event', async () => {
    const { site } = await createApps(['Plum']);
    const [key] = await site.valetkey.keysOf('id-alice');
    const rename = (application_name: string, as = 'alice') =>
      site.post('/user-api-key/rename', { id: String(key?.id), application_name }, as);
    const renamed = await rename('<b>My phone</b>');
    expect(renamed.status).toBe(303);
    expect(await readPage(site, `/${key?.id}`)).toContain('<h1><bdi>&lt;b&gt;My phone&lt;/b&gt;</bdi>');
    const [event] = await site.store.listAuditEvents({ beforeId: null, limit: 1 });
    expect(event).toMatchObject({ action: 'key_renamed', actorId: 'id-alice', subject: '<b>My phone</b>' });
    expect((await rename('Mine', 'bob')).status).toBe(403);
    expect((await rename('Mine', 'admin')).status).toBe(403);
    expect((await rename('\u202egnp')).status).toBe(400);
    expect((await rename('')).status).toBe(400);
  });
});
