import { startTestSite, type TestSite } from '@valetkey/forum/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asToOldSite } from './as-to-old-site.ts';
import { createVisitor } from './visitor.ts';

/** A web app that runs, and the throw-away site that it knows. */
export interface RunningApp {
  readonly url: string;
  stop(): Promise<void>;
}

/** What every recipe of a web app promises about signing in; answers what its own promises are tested with. */
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

  test('knows who approved, and each browser for itself', async () => {
    const [one, other] = [visit(), visit()];
    const addresses = [await one.beginSignIn(), await other.beginSignIn()] as const;
    expect((await other.open(await approve(addresses[1], 'bob'))).text).toContain('You are bob.');
    expect((await one.open('/')).text).not.toContain('You are bob.');
    expect((await one.open(await approve(addresses[0], 'alice'))).text).toContain('You are alice.');
    expect((await other.open('/')).text).toContain('You are bob.');
    expect((await visit().open('/')).text).not.toMatch(/You are (?:alice|bob)\./);
  });

  test('takes an answer from the browser that asked, and once', async () => {
    const visitor = visit();
    const redirect = await approve(await visitor.beginSignIn(), 'alice');
    expect((await visit().open(redirect)).status).toBe(403);
    expect((await visitor.open(redirect)).text).toContain('You are alice.');
    expect((await visitor.open(redirect)).status).toBe(403);
  });

  test('cannot be talked into signing a visitor in as somebody else', async () => {
    const [victim, attacker] = [visit(), visit()];
    await victim.beginSignIn();
    const planted = await approve(await attacker.beginSignIn(), 'bob');
    const page = await victim.open(planted);
    expect(page.status).toBe(403);
    expect((await victim.open('/')).text).not.toContain('You are bob.');
  });

  test('opens what an old site sends, which ignores the padding that was asked for', async () => {
    const visitor = visit();
    const address = asToOldSite(await visitor.beginSignIn());
    expect((await visitor.open(await approve(String(address), 'alice'))).text).toContain('You are alice.');
  });

  test('two tabs of one browser do not disturb each other, and no link to the callback ends what they wait for', async () => {
    const visitor = visit();
    const first = await visitor.beginSignIn();
    const second = await visitor.beginSignIn();
    for (const query of ['payload=x', '', `payload=${'A'.repeat(342)}==`])
      expect((await visitor.open(`/callback?${query}`)).status).toBe(403);
    expect((await visitor.open(await approve(first, 'alice'))).text).toContain('You are alice.');
    expect((await visitor.open(await approve(second, 'bob'))).text).toContain('You are bob.');
  });

  test('gives back the key of somebody whom the site does not let act any more', async () => {
    await site.revokeKeys('bob');
    const visitor = visit();
    const redirect = await approve(await visitor.beginSignIn(), 'bob');
    await site.suspend('bob');
    expect((await visitor.open(redirect)).text).not.toContain('You are bob.');
    await site.unsuspend('bob');
    expect(await site.revokeKeys('bob')).toBe(0);
  });

  test('takes no answer whose nonce is another', async () => {
    const visitor = visit();
    const address = new URL(await visitor.beginSignIn());
    address.searchParams.set('nonce', 'f'.repeat(32));
    const page = await visitor.open(await approve(String(address), 'alice'));
    expect(page).toEqual({ status: 403, text: expect.stringContaining('another request') });
    expect((await visitor.open('/')).text).not.toContain('You are alice.');
  });

  test('says that it was declined, and nobody is signed in', async () => {
    const visitor = visit();
    const page = await visitor.open((await site.decline(await visitor.beginSignIn())) ?? '');
    expect(page).toEqual({ status: 403, text: expect.stringContaining('declined') });
  });

  return { getSite: () => site, visit, signIn, approve };
}
