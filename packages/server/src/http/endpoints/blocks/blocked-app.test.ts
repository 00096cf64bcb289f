import { createMemoryStore } from '@valetkey/server/store/memory';
import { decrypt } from '@valetkey/test-support/app-request';
import { HOSTILE, hasHostileMarkup } from '@valetkey/test-support/page-form';
import { createDevice } from '@valetkey/test-support/site/device-site';
import { keyRequest, query } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';
import { createInProcessChangeFeed } from '../../../in-process/in-process-change-feed.ts';
import { EVIL, HOST, openSite } from './test-support/block-site.ts';

describe('a blocked app', () => {
  test('its existing keys are refused with the reason until the block is removed', async () => {
    const site = await openSite();
    const [key, other] = [await site.approveFor(), (await site.approve({ client_id: 'other' })).key];
    expect(await site.use(key)).toBe('ok:alice');
    expect((await site.block()).status).toBe(200);
    const refused = await site.authorize({ 'User-Api-Key': key });
    if (refused.kind !== 'refused') throw new Error('The key was not refused.');
    expect(refused.status).toBe(403);
    expect(await (await refused.response()).json()).toMatchObject({
      code: 'app_blocked',
      errors: [expect.stringContaining(HOST.reason)],
    });
    expect([await site.use(key), await site.use(other)]).toEqual(['app_blocked', 'ok:alice']);
    expect((await site.unblock()).status).toBe(200);
    expect(await site.use(key)).toBe('ok:alice');
    expect((await site.unblock()).status).toBe(404);
  });

  test.each([true, false])(
    'its keys are refused on every node (users with revisions: %s)',
    async (hasRevisions) => {
      const shared = {
        store: createMemoryStore(),
        changeFeed: createInProcessChangeFeed(),
        ...(hasRevisions && { site: { usersRevision: () => 1 } }),
      };
      const [one, two] = [await openSite(shared), await openSite(shared)];
      const key = await one.approveFor();
      expect([await one.use(key), await two.use(key)]).toEqual(['ok:alice', 'ok:alice']);
      await one.block();
      expect([await one.use(key), await two.use(key), await two.use(key)]).toEqual(
        Array(3).fill('app_blocked'),
      );
      await two.unblock();
      expect([await one.use(key), await two.use(key)]).toEqual(['ok:alice', 'ok:alice']);
    },
  );

  test('a block that another node stored is loaded before a request after a gap is decided', async () => {
    const store = createMemoryStore();
    const feed = createInProcessChangeFeed();
    let isCurrent = true;
    let onGap = () => {};
    const site = await openSite({
      store,
      changeFeed: {
        ...feed,
        isCurrent: () => isCurrent,
        catchUp: async () => {
          isCurrent = true;
          onGap();
        },
        subscribe: (_, gap) => {
          onGap = gap;
          return () => {};
        },
      },
    });
    const key = await site.approveFor();
    await store.saveAppBlock({ ...HOST, kind: 'host', value: 'evil.example', createdAt: 1, createdBy: 'x' });
    expect(await site.use(key)).toBe('ok:alice');
    isCurrent = false;
    expect(await site.use(key)).toBe('app_blocked');
  });

  test('its requests are refused on every way to a key, also for a subdomain, a port and another spelling', async () => {
    const site = await openSite();
    await site.block();
    const device = createDevice(site);
    const push = 'https://push.evil.example/x';
    const asked = (changes: Record<string, string | null>) =>
      site.get(`/user-api-key/new.json${query(keyRequest(changes))}`, { cookie: 'session=alice' });
    const reasons = async (response: Response) => {
      const { code, reason, state } = (await response.json()) as Record<string, string>;
      return code ?? reason ?? state;
    };
    const posted = (path: string, changes: Record<string, string | null>) =>
      site.post(path, keyRequest(changes), 'alice');
    for (const response of [
      await asked({ auth_redirect: EVIL }),
      await asked({ push_url: push, scopes: 'push' }),
      await posted('/user-api-key.json', { auth_redirect: EVIL }),
      await posted('/user-api-key/decline.json', { auth_redirect: EVIL }),
      await posted('/user-api-key/otp.json', { auth_redirect: EVIL }),
      await device.sendRequest({ push_url: push, scopes: 'push' }),
    ])
      expect(await reasons(response)).toBe('app_blocked');
    await site.block({ kind: 'client_id', value: 'tv', reason: 'No' });
    expect(await reasons(await asked({ client_id: 'tv' }))).toBe('app_blocked');
    expect(await reasons(await device.sendRequest({ client_id: 'tv' }))).toBe('app_blocked');
    const oauth = { client_id: 'tv', scope: 'read' };
    const bearer = await site.send('/oauth/device_authorization', {
      method: 'POST',
      body: new URLSearchParams(oauth),
    });
    expect([bearer.status, await bearer.text()]).toEqual([400, expect.stringContaining('blocked')]);
    expect(await reasons(await asked({ client_id: 'another' }))).toBe('ready');
  });

  test('the page about its request names the reason, and links nowhere', async () => {
    const site = await openSite();
    await site.block({ ...HOST, reason: HOSTILE });
    const page = await site.get(`/user-api-key/new${query(keyRequest({ auth_redirect: EVIL }))}`, {
      cookie: 'session=alice',
    });
    const text = await page.text();
    expect(page.status).toBe(403);
    expect(text).toContain('alert(2)');
    expect([hasHostileMarkup(text), text.includes('evil.example')]).toEqual([false, false]);
  });

  test('a key is refused by the host of its push URL, and by the client id that its app sends', async () => {
    const site = await openSite();
    const push = 'https://push.evil.example/x';
    await site.valetkey.settings.set('allowed_user_api_push_urls', push);
    const { key } = await site.approve({ client_id: 'pushed', push_url: push, scopes: 'push,read' });
    const { key: renamed } = await site.approve({ client_id: 'first' });
    await site.block();
    await site.block({ kind: 'client_id', value: 'second', reason: 'No' });
    expect(await site.use(key)).toBe('app_blocked');
    const sent = { 'User-Api-Key': renamed, 'User-Api-Client-Id': 'second' };
    await site.outcome(sent);
    await expect.poll(() => site.outcome(sent)).toBe('app_blocked');
  });

  test('a block names no personal key and no feed, whatever their ids', async () => {
    const site = await openSite();
    await site.valetkey.settings.set('allow_personal_user_api_keys', 'all');
    const form = { application_name: 'Mine', scopes: 'read' };
    const made = await site.post('/u/alice/preferences/api-keys/new.json', form, 'alice');
    const { key } = ((await made.json()) as { key: { key: string; id: number } }).key;
    const { clientId = '' } = (await site.store.listKeys('id-alice'))[0] ?? {};
    await site.block({ kind: 'client_id', value: clientId, reason: 'No' });
    expect(await site.use(key)).toBe('ok:alice');
  });

  test('a one-time password of it signs nobody in', async () => {
    const site = await openSite();
    const response = await site.post('/user-api-key/otp.json', keyRequest({ auth_redirect: EVIL }), 'alice');
    const { redirect_url } = (await response.json()) as { redirect_url: string };
    const password = decrypt(new URL(redirect_url).searchParams.get('oneTimePassword') ?? '');
    await site.block();
    expect(await site.valetkey.findOneTimePassword(password)).toBeNull();
    await site.unblock();
    expect(await site.valetkey.findOneTimePassword(password)).toMatchObject({ username: 'alice' });
  });

  test('its users see the reason on the pages of their apps', async () => {
    const site = await openSite();
    await site.approveFor();
    await site.block({ ...HOST, reason: HOSTILE });
    for (const path of ['/u/alice/preferences/apps', '/u/alice/preferences/apps/1']) {
      const page = await (await site.get(path, { cookie: 'session=alice' })).text();
      expect(page).toContain('An admin of this site has blocked this app');
      expect(hasHostileMarkup(page)).toBe(false);
    }
  });

  test('a redirect is stored without its query', async () => {
    const site = await openSite();
    await site.approveFor();
    expect(await site.store.listKeys('id-alice')).toMatchObject([{ authRedirect: EVIL }]);
  });
});
