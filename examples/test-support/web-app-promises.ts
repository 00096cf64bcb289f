import { startTestSite, type TestSite } from '@valetkey/forum/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asToOldSite } from './as-to-old-site.ts';
import { createVisitor } from './visitor.ts';

/** A running web app. */
export interface RunningApp {
  readonly url: string;
  stop(): Promise<void>;
}

/** Declares the tests of sign-in for a web app recipe. Returns helpers for further tests. */
export function webAppPromises(start: (site: TestSite) => Promise<RunningApp>) {
  let site: TestSite;
  let app: RunningApp;
  beforeAll(async () => {
    site = await startTestSite();
    app = await start(site);
  });
  afterAll(async () => {
    await app.stop();
    await site.close();
  });
  const visit = () => createVisitor(app.url);
  const approve = async (address: string, as: string) => (await site.approve(address, as)).redirectUrl ?? '';
  async function signIn(username: string) {
    const visitor = visit();
    await visitor.open(await approve(await visitor.beginSignIn(), username));
    return visitor;
  }

  test('sign-in: signs in the approving user, separately for each browser', async () => {
    const [one, other] = [visit(), visit()];
    const addresses = [await one.beginSignIn(), await other.beginSignIn()] as const;
    expect((await other.open(await approve(addresses[1], 'bob'))).text).toContain('You are bob.');
    expect((await one.open('/')).text).not.toContain('You are bob.');
    expect((await one.open(await approve(addresses[0], 'alice'))).text).toContain('You are alice.');
    expect((await other.open('/')).text).toContain('You are bob.');
    expect((await visit().open('/')).text).not.toMatch(/You are (?:alice|bob)\./);
  });

  test('callback: accepts a response once, and only in the browser that started the login', async () => {
    const visitor = visit();
    const redirect = await approve(await visitor.beginSignIn(), 'alice');
    expect((await visit().open(redirect)).status).toBe(403);
    expect((await visitor.open(redirect)).text).toContain('You are alice.');
    expect((await visitor.open(redirect)).status).toBe(403);
  });

  test('callback: rejects a response planted by an attacker (403)', async () => {
    const [victim, attacker] = [visit(), visit()];
    await victim.beginSignIn();
    const planted = await approve(await attacker.beginSignIn(), 'bob');
    const page = await victim.open(planted);
    expect(page.status).toBe(403);
    expect((await victim.open('/')).text).not.toContain('You are bob.');
  });

  test('callback: decrypts the PKCS#1 v1.5 payload of an old site', async () => {
    const visitor = visit();
    const address = asToOldSite(await visitor.beginSignIn());
    expect((await visitor.open(await approve(String(address), 'alice'))).text).toContain('You are alice.');
  });

  test('callback: logins in two tabs are independent, and invalid responses do not end them', async () => {
    const visitor = visit();
    const first = await visitor.beginSignIn();
    const second = await visitor.beginSignIn();
    for (const query of ['payload=x', '', `payload=${'A'.repeat(342)}==`])
      expect((await visitor.open(`/callback?${query}`)).status).toBe(403);
    expect((await visitor.open(await approve(first, 'alice'))).text).toContain('You are alice.');
    expect((await visitor.open(await approve(second, 'bob'))).text).toContain('You are bob.');
  });

  test('callback: revokes the key of a user who was suspended in the meantime', async () => {
    await site.revokeKeys('bob');
    const visitor = visit();
    const redirect = await approve(await visitor.beginSignIn(), 'bob');
    await site.suspend('bob');
    expect((await visitor.open(redirect)).text).not.toContain('You are bob.');
    await site.unsuspend('bob');
    expect(await site.revokeKeys('bob')).toBe(0);
  });

  test('callback: rejects a response with another nonce (403)', async () => {
    const visitor = visit();
    const address = new URL(await visitor.beginSignIn());
    address.searchParams.set('nonce', 'f'.repeat(32));
    const page = await visitor.open(await approve(String(address), 'alice'));
    expect(page).toEqual({ status: 403, text: expect.stringContaining('nonce') });
    expect((await visitor.open('/')).text).not.toContain('You are alice.');
  });

  test('callback: reports that the user declined (403)', async () => {
    const visitor = visit();
    const page = await visitor.open((await site.decline(await visitor.beginSignIn())) ?? '');
    expect(page).toEqual({ status: 403, text: expect.stringContaining('declined') });
  });

  return { getSite: () => site, visit, signIn, approve };
}
