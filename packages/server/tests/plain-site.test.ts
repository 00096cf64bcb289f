import {
  createValetkey,
  defaultScopes,
  discoursePreset,
  type Method,
  type ScopeDefinition,
  type Site,
  type SiteUser,
} from '@valetkey/server';
import { createMemoryStore } from '@valetkey/server/store/memory';
import { refusalOf } from '@valetkey/test-support/responses';
import { keyRequest, open } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';

const BASE = 'https://shop.example';
const context = { ipAddress: '192.0.2.1' };
const alice: SiteUser = { id: '1', username: 'alice', isAdmin: false, isSuspended: false };
const admin: SiteUser = { id: '2', username: 'admin', isAdmin: true, isSuspended: false };
const WORDS_OF_A_FORUM = /discourse|trust_level|topic|bookmark|forum|message_bus|\/u\//i;

/** A site that is no forum: its users have no groups, and it gives only the two required options. */
async function createPlainSite(options: Partial<Parameters<typeof createValetkey>[0]> = {}) {
  const users = new Map([alice, admin].map((user) => [user.username, user]));
  const site: Site = {
    name: 'Plum Shop',
    baseUrl: BASE,
    loginUrl: () => '/login',
    findSession(request) {
      const user = users.get(/session=(\w+)/.exec(request.headers.get('cookie') ?? '')?.[1] ?? '');
      return user ? { id: `session-${user.id}`, user } : null;
    },
    findUser: (id) => [...users.values()].find((user) => user.id === id) ?? null,
    findUserByUsername: (username) => users.get(username) ?? null,
  };
  const valetkey = await createValetkey({ site, store: createMemoryStore(), ...options });
  async function send(path: string, as: 'alice' | 'admin', body?: Record<string, string>) {
    const token = valetkey.csrfToken(`session-${as === 'alice' ? 1 : 2}`);
    const init = body && {
      method: 'POST',
      body: new URLSearchParams({ ...body, authenticity_token: token }),
    };
    const request = new Request(BASE + path, { ...init, headers: { cookie: `session=${as}` } });
    const response = await valetkey.fetch(request, context);
    if (!response) throw new Error(`No endpoint serves ${path}.`);
    return response;
  }
  return { valetkey, send };
}

const appRequest = (changes: Record<string, string | null> = {}) =>
  keyRequest({ auth_redirect: null, scopes: 'read', ...changes });

describe('createValetkey with only a site and a store', () => {
  test('every user may approve an app, also one without groups', async () => {
    const { valetkey, send } = await createPlainSite();
    const page = await send(`/user-api-key/new?${new URLSearchParams(appRequest())}`, 'alice');
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('Approve')]);
    const approved = await send('/user-api-key.json', 'alice', appRequest({ scopes: 'read,write' }));
    expect(approved.status).toBe(200);
    const { key } = open(((await approved.json()) as { payload: string }).payload);
    const request = new Request(`${BASE}/orders`, { headers: { 'User-Api-Key': key } });
    expect((await valetkey.authorize(request, { name: 'orders' }, context)).kind).toBe('key');
  });

  test('an admin who names groups, or empties the list, excludes users without them', async () => {
    const { valetkey, send } = await createPlainSite();
    for (const groups of ['customers', '']) {
      await valetkey.settings.set('user_api_key_allowed_groups', groups);
      expect(await refusalOf(send('/user-api-key.json', 'alice', appRequest()))).toBe(
        '403 group_not_allowed',
      );
      expect((await send('/user-api-key.json', 'admin', appRequest())).status).toBe(200);
    }
  });

  test('apps may request each scope that the site defines, and no other', async () => {
    const orders: ScopeDefinition = {
      sentence: 'See your orders',
      permissions: [{ route: 'orders', methods: ['GET'] }],
    };
    const { send } = await createPlainSite({ scopes: { ...defaultScopes, 'orders:read': orders } });
    expect((await send('/user-api-key.json', 'alice', appRequest({ scopes: 'orders:read' }))).status).toBe(
      200,
    );
    for (const scopes of ['session_info', 'one_time_password', 'push'])
      expect(await refusalOf(send('/user-api-key.json', 'alice', appRequest({ scopes })))).toMatch(
        /^403 scope_/,
      );
  });

  test.each<[string, Record<string, Method>, string[]]>([
    ['read, if the site has it', { 'orders:read': 'GET', read: 'GET' }, ['read']],
    ['the first scope that only reads', { 'orders:write': 'POST', 'orders:read': 'GET' }, ['orders:read']],
    ['none, if every scope changes something', { 'orders:write': 'POST' }, []],
  ])('an OAuth client that requests no scope gets %s', async (_case, methods, expected) => {
    const define = ([name, method]: [string, Method]): [string, ScopeDefinition] => [
      name,
      { sentence: name, permissions: [{ route: 'orders', methods: [method] }] },
    ];
    const scopes = Object.fromEntries(Object.entries(methods).map(define));
    const { valetkey } = await createPlainSite({ scopes });
    expect(valetkey.settings.current().oauth_default_scopes).toEqual(expected);
  });

  test('shows no words and paths of a forum on its pages and in its settings', async () => {
    const { valetkey, send } = await createPlainSite();
    expect(JSON.stringify(valetkey.settings.current())).not.toMatch(WORDS_OF_A_FORUM);
    await valetkey.settings.set('allow_personal_user_api_keys', 'all');
    const consent = `/user-api-key/new?${new URLSearchParams(appRequest())}`;
    for (const path of [consent, '/account/apps', '/account/feeds', '/account/api-keys/new']) {
      const page = await send(path, 'alice');
      expect([path, page.status]).toEqual([path, 200]);
      expect(await page.text()).not.toMatch(WORDS_OF_A_FORUM);
    }
    const form = await (await send('/admin/api/keys/new', 'admin')).text();
    expect(form).not.toMatch(WORDS_OF_A_FORUM);
    expect(form).not.toContain('granular');
  });

  test('lets programs on the user’s computer receive a key, and no other redirect', async () => {
    const { send } = await createPlainSite();
    const approve = (auth_redirect: string) =>
      send('/user-api-key.json', 'alice', appRequest({ auth_redirect }));
    expect((await approve('http://127.0.0.1:5555/cb')).status).toBe(200);
    for (const redirect of [
      'discourse://auth_redirect',
      'https://evil.example/cb',
      'http://127.0.0.1.evil.example/cb',
    ])
      expect(await refusalOf(approve(redirect))).toBe('403 redirect_not_allowed');
  });
});

describe('the preset of Discourse', () => {
  test('has Discourse’s scopes, groups, redirect, limits and paths', async () => {
    const { valetkey, send } = await createPlainSite(discoursePreset);
    expect(valetkey.settings.current()).toMatchObject({
      allow_user_api_key_scopes: expect.arrayContaining(Object.keys(discoursePreset.scopes)),
      user_api_key_allowed_groups: ['trust_level_0'],
      allowed_user_api_auth_redirects: ['discourse://auth_redirect'],
      max_user_api_reqs_per_minute: 20,
      max_user_api_reqs_per_day: 2880,
    });
    expect((await send('/u/alice/preferences/apps', 'alice')).status).toBe(200);
    expect(await refusalOf(send('/user-api-key.json', 'alice', appRequest()))).toBe('403 group_not_allowed');
  });
});

test('createValetkey: rejects an invalid default of a setting, and an unknown one', async () => {
  const start = (settingDefaults: object) => createPlainSite({ settingDefaults });
  await expect(start({ max_user_api_reqs_per_minute: 'lots' })).rejects.toThrow(
    'max_user_api_reqs_per_minute',
  );
  await expect(start({ max_requests: 5 })).rejects.toThrow('max_requests');
});
