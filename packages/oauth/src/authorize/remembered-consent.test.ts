import type { Notice } from '@valetkey/server';
import { hashKey } from '@valetkey/server/extension';
import { describe, expect, test } from 'vitest';
import { CALLBACK, DOCUMENT_URL, registeredClient } from '../test-support/oauth-site.ts';
import { alice, ISSUER, open } from '../test-support/open-authorization.ts';
import { createOpenIdSite, SIGN_IN } from '../test-support/open-id-site.ts';

const LOOPBACK = 'http://127.0.0.1/callback';
const APP = 'com.example.plum:/callback';

/** Creates a site on which alice has signed in to `public-client` and has chosen not to be asked again. */
async function createRememberingSite(options: Parameters<typeof createOpenIdSite>[0] = {}) {
  const site = await createOpenIdSite(options);
  site.signInAt(site.now());
  await site.store.saveOauthClient(
    registeredClient({ clientId: 'confidential', secretHash: hashKey('the secret') }),
    null,
  );
  await site.store.saveOauthClient(registeredClient({ clientId: 'dynamic', kind: 'dynamic' }), null);
  const remember = { ...SIGN_IN, remember: 'true' };
  return {
    ...site,
    remember: (changes: Record<string, string> = {}, as = 'alice') =>
      site.connect({ ...remember, ...changes }, as),
    /** Opens a request; returns `code`, `page`, `login` or the error. */
    async ask(changes: Record<string, string> = {}, headers: HeadersInit = alice) {
      const { response, answer, location } = await open(site, site.asks({ ...SIGN_IN, ...changes }), headers);
      if (response.status === 200) return 'page';
      if (location.startsWith('/login')) return 'login';
      return answer.code ? 'code' : answer.error;
    },
  };
}

describe('a remembered consent', () => {
  test('answers later sign-ins without a page, also with prompt=none, with state and iss', async () => {
    const site = await createRememberingSite();
    expect(await site.ask()).toBe('page');
    await site.remember();
    site.advance(86_400_000);
    expect(await site.ask({ prompt: 'none' })).toBe('code');
    const { answer } = await open(site, site.asks(SIGN_IN));
    expect(answer).toEqual({ code: expect.any(String), state: 'a state & more', iss: ISSUER });
  });

  test('the page offers it, and without the choice the next sign-in shows it again', async () => {
    const site = await createRememberingSite();
    const text = await (await open(site, site.asks(SIGN_IN))).response.text();
    expect(text).toContain('name="remember"');
    await site.connect(SIGN_IN);
    expect(await site.ask()).toBe('page');
  });

  test.each<[string, Record<string, string>, string]>([
    ['the same request', {}, 'code'],
    ['fewer scopes', { scope: 'openid' }, 'code'],
    ['more claims', { scope: 'openid profile email' }, 'page'],
    ['a scope of the API', { scope: 'openid profile read' }, 'page'],
    ['refresh tokens', { scope: 'openid profile offline_access' }, 'page'],
    ['no sign-in', { scope: 'read' }, 'page'],
    ['prompt=consent', { prompt: 'consent' }, 'page'],
    ['prompt=select_account', { prompt: 'select_account' }, 'page'],
    ['prompt=login', { prompt: 'login' }, 'login'],
    ['an old sign-in', { max_age: '60' }, 'login'],
    ['the hinted username', { login_hint: 'Alice' }, 'code'],
    ['another hinted user', { login_hint: 'bob' }, 'page'],
    ['another hinted user, without a page', { login_hint: 'bob', prompt: 'none' }, 'consent_required'],
    ['another client', { client_id: 'confidential' }, 'page'],
    ['a loopback redirect', { redirect_uri: 'http://127.0.0.1:4000/callback' }, 'page'],
    ['a private-use scheme', { redirect_uri: APP }, 'page'],
    ['a scheme, without a page', { redirect_uri: APP, prompt: 'none' }, 'consent_required'],
  ])('of a public client on an https redirect, then %s', async (_name, changes, expected) => {
    const site = await createRememberingSite();
    await site.remember();
    site.advance(61_000);
    expect(await site.ask(changes)).toBe(expected);
  });

  test.each<[string, Record<string, string>, string]>([
    ['a client with a secret, on loopback', { client_id: 'confidential', redirect_uri: LOOPBACK }, 'code'],
    ['a public client on loopback', { redirect_uri: LOOPBACK }, 'page'],
    ['a public client with a private-use scheme', { redirect_uri: APP }, 'page'],
    ['a client that registered itself', { client_id: 'dynamic', redirect_uri: CALLBACK }, 'page'],
  ])('%s: cannot be chosen unless the client is certain', async (_name, changes, expected) => {
    const site = await createRememberingSite();
    const secret = changes.client_id === 'confidential' ? { client_secret: 'the secret' } : {};
    const code = await site.approveCode({ ...SIGN_IN, remember: 'true', ...changes });
    const { status } = await site.redeem({ client_id: 'public-client', ...changes, ...code, ...secret });
    expect(status).toBe(200);
    site.advance(3_600_000);
    expect(await site.ask(changes)).toBe(expected);
  });

  test('is also a lasting approval of more than the sign-in', async () => {
    const site = await createRememberingSite();
    await site.connect({ scope: 'openid profile read', shown_scopes: 'read' });
    expect(await site.ask({ prompt: 'none' })).toBe('code');
  });

  test('is never offered to a client with a metadata document', async () => {
    const site = await createRememberingSite();
    const asked = site.asks({ ...SIGN_IN, client_id: DOCUMENT_URL });
    expect(await (await open(site, asked)).response.text()).not.toContain('name="remember"');
  });

  test('belongs to its user, and ends when the user disconnects the app', async () => {
    const site = await createRememberingSite();
    await site.remember();
    expect(await site.ask({}, { cookie: 'session=bob' })).toBe('page');
    const [grant] = await site.valetkey.grantsOf('id-alice');
    await site.post('/oauth/grants/revoke', { id: String(grant?.id) }, 'alice');
    expect(await site.ask()).toBe('page');
  });

  test('never sends a code to a redirect that the client has not registered', async () => {
    const site = await createRememberingSite();
    await site.remember();
    const { response, location } = await open(
      site,
      site.asks({ ...SIGN_IN, redirect_uri: 'https://evil.example/' }),
    );
    expect([response.status, location]).toEqual([400, '']);
  });

  test('a web page that opens the sign-in again and again: the page is shown, and approvals stay possible', async () => {
    const site = await createRememberingSite();
    await site.valetkey.settings.set('max_user_api_key_approvals_per_hour', 2);
    await site.remember();
    const answers = [
      await site.ask(),
      await site.ask(),
      await site.ask(),
      await site.ask({ prompt: 'none' }),
    ];
    expect(answers).toEqual(['code', 'code', 'page', 'consent_required']);
    expect((await site.connect({ scope: 'read' })).status).toBe(200);
  });

  test('sends no notice, and the audit log names the client as the actor', async () => {
    const notices: Notice[] = [];
    const site = await createRememberingSite({ onNotice: async (notice) => void notices.push(notice) });
    await site.remember();
    expect(await site.ask()).toBe('code');
    const events = await site.store.listAuditEvents({ beforeId: null, limit: 2 });
    expect(events.map(({ action, actorId, ownerId }) => [action, actorId, ownerId])).toEqual([
      ['key_approved', null, 'id-alice'],
      ['key_approved', 'id-alice', 'id-alice'],
    ]);
    expect(notices).toMatchObject([{ kind: 'key_created', userId: 'id-alice' }]);
  });
});
