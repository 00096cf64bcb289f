import { csrfOf } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';
import { createOauthSite, registeredClient } from '../test-support/oauth-site.ts';
import { alice, ISSUER, open } from '../test-support/open-authorization.ts';

describe('POST /oauth/consent', () => {
  test('needs the session and its CSRF token: no other browser can approve', async () => {
    const site = await createOauthSite();
    const form = { ...site.asks(), shown_scopes: 'read write' };
    const attempts = [
      site.post('/oauth/consent', form, null),
      site.post('/oauth/consent', form, null, alice),
      site.post('/oauth/consent', { ...form, authenticity_token: csrfOf('bob') }, null, alice),
      site.post('/oauth/consent', form, 'alice', { authorization: `Bearer ${'f'.repeat(32)}` }),
    ];
    for (const response of await Promise.all(attempts)) {
      expect([response.status >= 400, response.headers.get('location')]).toEqual([true, null]);
    }
    expect(await site.store.listOauthGrants('id-alice', site.now())).toEqual([]);
  });

  test('declining sends access_denied with state and iss, and is audited', async () => {
    const site = await createOauthSite();
    const { answer } = await site.decide({ ...site.asks(), decision: '/decline' });
    expect(answer).toEqual({ error: 'access_denied', state: 'a state & more', iss: ISSUER });
    const [event] = await site.store.listAuditEvents({ beforeId: null, limit: 1 });
    expect(event).toMatchObject({ action: 'key_declined', subject: 'Plum Client', actorId: 'id-alice' });
  });

  test('approving sends code, state and iss with 303, and is audited', async () => {
    const site = await createOauthSite();
    const { answer, status } = await site.decide(site.asks());
    expect(status).toBe(303);
    expect(answer).toEqual({
      code: expect.stringMatching(/^[\w-]{43}$/),
      state: 'a state & more',
      iss: ISSUER,
    });
    const [event] = await site.store.listAuditEvents({ beforeId: null, limit: 1 });
    expect(event).toMatchObject({ action: 'key_approved', subject: 'Plum Client', actorId: 'id-alice' });
  });

  test('never approves a scope that the page did not show', async () => {
    const site = await createOauthSite();
    const tokens = await site.connect({ scope: 'read write', shown_scopes: 'read' });
    expect(tokens.scope).toBe('read');
    const { answer } = await site.decide(site.asks({ shown_scopes: 'admin' }));
    expect(answer).toMatchObject({ error: 'invalid_scope' });
  });

  test('the user may leave out scopes and let the access end earlier, and never more', async () => {
    const site = await createOauthSite();
    const chosen = await site.connect({
      granted_scopes: '',
      'grant:read': '1',
      granted_expires_in_seconds: '600',
    });
    expect(chosen).toMatchObject({ scope: 'read', expires_in: 600 });
    const more = await site.connect({ granted_scopes: '', 'grant:read': '1', 'grant:session_info': '1' });
    expect(more.scope).toBe('read');
    const { answer } = await site.decide(site.asks({ granted_scopes: '' }));
    expect(answer).toMatchObject({ error: 'access_denied' });
  });

  test('ends the earlier connections of this client only if the user chose that', async () => {
    const site = await createOauthSite();
    await site.store.saveOauthClient(registeredClient({ clientId: 'other-client' }), null);
    const [first, other] = [await site.connect(), await site.connect({ client_id: 'other-client' })];
    const second = await site.connect();
    expect(await site.use(first.access_token)).toBe('ok');
    const page = await (await open(site, site.asks())).response.text();
    expect(page).toContain('Connected since');
    const third = await site.connect({ replace: 'true' });
    expect(await site.use(first.access_token)).toBe('401 key_revoked');
    expect(await site.use(second.access_token)).toBe('401 key_revoked');
    expect([await site.use(third.access_token), await site.use(other.access_token)]).toEqual(['ok', 'ok']);
  });

  test('approvals are limited by the hour, together with those of apps', async () => {
    const site = await createOauthSite();
    await site.valetkey.settings.set('max_user_api_key_approvals_per_hour', 1);
    await site.connect();
    expect((await site.decide(site.asks())).answer).toMatchObject({ error: 'access_denied' });
    await site.valetkey.settings.set('max_app_user_api_keys', 1);
    await site.valetkey.settings.set('max_user_api_key_approvals_per_hour', 60);
    expect((await site.decide(site.asks())).answer).toMatchObject({ error: 'access_denied' });
  });
});
