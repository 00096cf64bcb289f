import { HOSTILE, hasHostileMarkup, readForm } from '@valetkey/test-support/page-form';
import { createAdminSite, withKey } from '@valetkey/test-support/site/admin-site';
import { csrfOf } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';

const LIST = '/admin/api/keys';
const FORM = '/admin/api/keys/new';
const admin = { cookie: 'session=admin' };
const granular = { scope_mode: 'granular', 'scope:topics:write': '1', 'bind:topics:write:topic_id': '7, 9' };

describe('pages of admin keys', () => {
  async function openSite() {
    const site = await createAdminSite();
    const page = async (path = LIST) => (await site.get(path, admin)).text();
    const form = readForm(await page(FORM), LIST);
    const create = async (changes: Record<string, string>, from = form) => {
      const body = new URLSearchParams({ ...from, description: 'Nightly export', ...changes });
      const response = await site.send(LIST, { method: 'POST', headers: admin, body });
      const text = await response.text();
      const [, key = ''] = /<textarea id="key"[^>]*>(\w{64})</.exec(text) ?? [];
      return { status: response.status, page: text, key };
    };
    const press = (button: string) =>
      site.send(`${LIST}/${button}`, {
        method: 'POST',
        headers: admin,
        body: new URLSearchParams({ authenticity_token: csrfOf('admin') }),
      });
    return { ...site, page, form, create, press };
  }

  test('the form creates a key, shown once with a working curl command', async () => {
    const { create, page, outcome, get } = await openSite();
    const made = await create({ scope_mode: 'read_only', username: 'Alice' });
    expect(made.status).toBe(200);
    expect(made.page).toContain(
      `curl -H &#39;Api-Key: ${made.key}&#39; -H &#39;Api-Username: alice&#39; &#39;https://forum.example/latest.json&#39;`,
    );
    expect(await outcome(withKey(made.key, 'alice'))).toBe('ok:alice');
    const list = await page();
    for (const words of [
      'Nightly export',
      '<bdi>alice</bdi>',
      'Read everything',
      '>now</time>',
      `${made.key.slice(0, 4)}…`,
    ])
      expect(list).toContain(words);
    for (const path of [LIST, FORM, '/admin/user-api-keys', '/admin/user-api-key-audit.json'])
      expect(await (await get(path, admin)).text()).not.toContain(made.key.slice(4, 20));
  });

  test('the form creates a granular key from checkboxes and values, and the list describes it', async () => {
    const { create, page, outcome } = await openSite();
    const { key, page: shown } = await create(granular);
    const route = (topic_id: string) => ({ name: 'posts#create', format: 'json', parameters: { topic_id } });
    expect(await outcome(withKey(key, 'bob'), route('9'), 'POST')).toBe('ok:bob');
    expect(await outcome(withKey(key, 'bob'), route('8'), 'POST')).toBe('scope_insufficient');
    expect(shown).toContain('PATH-OF-YOUR-REQUEST.json');
    for (const text of [shown, await page()]) {
      expect(text).toContain('Start topics and reply to them');
      expect(text).toContain('only if topic_id is <bdi>7, 9</bdi>');
    }
  });

  test.each<[why: string, fields: Record<string, string>, words: string, status: number]>([
    ['the scope mode is missing', {}, 'The parameter scope_mode is missing', 400],
    [
      'the description is missing',
      { scope_mode: 'global', description: ' ' },
      'The parameter description is missing',
      400,
    ],
    ['the username is unknown', { scope_mode: 'global', username: 'nobody' }, 'No user has this name.', 422],
    ['no scope is checked', { scope_mode: 'granular' }, 'a granular key needs at least one scope', 422],
    [
      'a global key has boxes ticked',
      { ...granular, scope_mode: 'global' },
      'only a granular key can have scopes',
      422,
    ],
    [
      'an unchecked scope has values',
      { scope_mode: 'granular', 'scope:search:query': '1', 'bind:posts:edit:id': '4' },
      'posts:edit has values for id, but is not checked',
      422,
    ],
    [
      'a value is empty',
      { ...granular, 'bind:topics:write:topic_id': '7,,9' },
      'a value of topic_id is empty',
      422,
    ],
  ])(
    'the form creates no key if %s, shows the reason, and keeps all input',
    async (_why, fields, words, status) => {
      const { create, store, form } = await openSite();
      const refused = await create(fields);
      expect([refused.status, refused.key]).toEqual([status, '']);
      expect(refused.page).toMatch(new RegExp(`role="alert">[^<]*${words}`));
      expect(readForm(refused.page, LIST)).toEqual({ ...form, description: 'Nightly export', ...fields });
      expect(await store.listAdminKeys()).toEqual([]);
    },
  );

  test('revoke, undo and delete have one button each, and return to the list', async () => {
    const { make, page, press, outcome, store } = await openSite();
    const { id, key } = await make();
    const headers = withKey(key, 'alice');
    expect(readForm(await page(), `${LIST}/${id}/revoke`)).toEqual({ authenticity_token: csrfOf('admin') });

    const revoked = await press(`${id}/revoke`);
    expect([revoked.status, revoked.headers.get('location')]).toEqual([303, `${LIST}#key-${id}`]);
    expect(await outcome(headers)).toBe('invalid_api_credentials');
    expect(await page()).toContain('<h2>Revoked</h2>');
    await press(`${id}/undo-revoke`);
    expect(await outcome(headers)).toBe('ok:alice');

    expect((await press(`${id}/delete`)).status).toBe(409);
    await press(`${id}/revoke`);
    expect((await press(`${id}/delete`)).headers.get('location')).toBe(LIST);
    expect(await store.listAdminKeys()).toEqual([]);
    expect(await page()).toContain('No active keys');
  });

  test('the list and its page have 50 keys a page, each key once', async () => {
    const { make, asUser, page } = await openSite();
    for (let count = 0; count < 51; count += 1) await make();
    const ids = async (query: string) => {
      const { keys, more } = (await (await asUser('admin', 'GET', `${LIST}.json${query}`)).json()) as {
        keys: { id: number }[];
        more: string | null;
      };
      expect((await page(LIST + query)).match(/<li id="key-\d+"/g)).toHaveLength(keys.length);
      return { all: keys.map(({ id }) => id), more };
    };
    const first = await ids('');
    expect([first.all.length, first.more]).toEqual([50, '?before=2']);
    expect(await page()).toContain(`href="${LIST}?before=2"`);
    expect(await ids('?before=2')).toEqual({ all: [1], more: null });
    expect((await asUser('admin', 'GET', `${LIST}.json?before=x`)).status).toBe(400);
  });

  test('a hostile description, user, value or field is escaped', async () => {
    const { create, page, changeUser, outcome } = await openSite();
    changeUser('alice', { username: HOSTILE });
    const made = await create({
      ...granular,
      description: HOSTILE,
      username: 'alice',
      'bind:topics:write:topic_id': HOSTILE,
    });
    expect(made.key).not.toBe('');
    const refused = await create({
      ...granular,
      description: HOSTILE,
      username: HOSTILE,
      [HOSTILE]: HOSTILE,
    });
    expect(refused.status).toBe(422);
    for (const text of [made.page, refused.page, await page()]) {
      expect(text).toContain('&lt;img');
      expect(hasHostileMarkup(text)).toBe(false);
    }
    expect(await outcome(withKey(made.key))).toBe('scope_insufficient');
  });

  test('the curl command quotes each argument, whatever the username', async () => {
    const { create, changeUser } = await openSite();
    changeUser('alice', { username: `'; rm -rf ~; '` });
    const { page } = await create({ scope_mode: 'global', username: 'alice' });
    expect(page.replaceAll('&#39;', "'")).toContain(`-H 'Api-Username: '\\''; rm -rf ~; '\\''' 'https://`);
  });

  test('require an admin’s session, and change nothing without CSRF token', async () => {
    const { make, send, store, get, approve } = await openSite();
    const { id, key } = await make({ username: 'admin' });
    const { key: userKey } = await approve({ scopes: 'read,write' }, 'admin');
    const before = await store.listAdminKeys();
    for (const path of [LIST, FORM]) {
      const anonymous = await get(path);
      expect(anonymous.headers.get('location')).toBe(`/login?return_to=${encodeURIComponent(path)}`);
      for (const headers of [
        { cookie: 'session=alice' },
        { ...admin, 'user-api-key': userKey },
        { ...admin, 'api-key': key },
      ])
        expect((await get(path, headers)).status).toBe(403);
    }
    for (const path of [LIST, `${LIST}/${id}/revoke`, `${LIST}/${id}/undo-revoke`, `${LIST}/${id}/delete`]) {
      for (const token of ['', csrfOf('alice')]) {
        const body = new URLSearchParams({
          description: 'x',
          scope_mode: 'global',
          authenticity_token: token,
        });
        const response = await send(path, { method: 'POST', headers: admin, body });
        expect([response.status, await response.text()]).toEqual([
          403,
          expect.stringContaining('csrf_invalid'),
        ]);
      }
    }
    expect(await store.listAdminKeys()).toEqual(before);
  });
});
