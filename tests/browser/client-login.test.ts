import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { encodePayload, parsePublicKey } from '@valetkey/protocol';
import { sealPayload } from '@valetkey/protocol/seal';
import { type ForumProcess, startForumProcess } from '@valetkey/test-support/forum-process';
import { signIn } from '@valetkey/test-support/sign-in';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { bundle } from '../bundle/bundle.ts';
import type { app as pageApp } from '../bundle/page-app.ts';
import { fillInSignIn, launchChromium } from './chromium.ts';
import { describeInChromium } from './describe-in-chromium.ts';

declare const app: typeof pageApp;

type Started = Parameters<typeof pageApp.startLogin>[0];

describeInChromium('the client in a page, in Chromium', () => {
  let forum: ForumProcess;
  let browser: Browser;
  let server: Server;
  let callback: string;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    const [started, launched, { code }] = await Promise.all([
      startForumProcess(),
      launchChromium(),
      bundle(join(import.meta.dirname, '../bundle/page-app.ts')),
    ]);
    [forum, browser] = [started, launched];
    server = createServer((request, response) => {
      const isScript = request.url === '/app.js';
      response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
      response.end(
        isScript ? code : '<!doctype html><title>An app</title><script type="module" src="/app.js"></script>',
      );
    });
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    const appUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    callback = `${appUrl}/callback`;
    const admin = await signIn(forum.url, 'admin');
    for (const [name, value] of [
      ['allowed_user_api_auth_redirects', callback],
      ['cors_origins', appUrl],
    ] as const)
      await admin.send('PUT', `/admin/site_settings/${name}.json`, { [name]: value });
  });
  afterAll(async () => {
    server?.close();
    await Promise.all([browser?.close(), forum?.stop()]);
  });
  beforeEach(async () => {
    context = await browser.newContext();
    page = await openApp();
  });
  afterEach(() => context.close());

  async function openApp(address = callback, into = context): Promise<Page> {
    const opened = await into.newPage();
    await opened.goto(address);
    await opened.waitForFunction(() => 'app' in globalThis);
    return opened;
  }
  const start = (changes: Partial<Started> = {}, on = page) =>
    on.evaluate(async (options) => (await app.startLogin(options)).href, {
      site: forum.url,
      applicationName: 'A page',
      scopes: ['read'],
      ...changes,
    });
  /** Returns the grant without secrets, or the error. */
  const finish = (on = page, answer?: string) =>
    on.evaluate(async (pasted) => {
      try {
        const granted = await app.finishLogin(pasted === undefined ? {} : { answer: pasted });
        return granted && { site: granted.site, user: await app.createConnection(granted).whoami() };
      } catch (error) {
        return { code: (error as { code?: string }).code, message: String(error) };
      }
    }, answer);
  /** The response of an old site: PKCS#1 v1.5, whatever was requested. */
  function sealOld(address: string): string {
    const { public_key: publicKey = '', nonce = '' } = Object.fromEntries(new URL(address).searchParams);
    const payload = { key: 'ab'.repeat(16), nonce, push: false, api: 4, expiresAt: null };
    return sealPayload(encodePayload(payload), parsePublicKey(publicKey), 'pkcs1');
  }
  const alice = { id: expect.anything(), username: 'alice' };

  test('redirect: after approval the URL is clean and the key works; the answer is accepted once, in this browser only', async () => {
    expect(await finish()).toBeNull();
    await page.goto(await start());
    await fillInSignIn(page, 'alice');
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.waitForURL(`${callback}?payload=*`);
    const answer = page.url();
    const again = await openApp(answer);

    expect(await finish()).toEqual({ site: forum.url, user: alice });
    expect(page.url()).toBe(callback);
    expect(await finish(again)).toMatchObject({ code: 'login_unknown' });
    expect(again.url()).toBe(callback);

    const elsewhere = await browser.newContext();
    const victim = await openApp(answer, elsewhere);
    expect(await finish(victim)).toMatchObject({ code: 'login_unknown' });
    await start({}, victim);
    expect(await finish(victim, answer)).toMatchObject({ code: 'payload_cannot_be_opened' });
    await elsewhere.close();
  });

  test('a pending private key cannot be exported by any script', async () => {
    await start();
    const outcome = await page.evaluate(async () => {
      const database = await new Promise<IDBDatabase>((resolve) => {
        const request = indexedDB.open('valetkey');
        request.onsuccess = () => resolve(request.result);
      });
      const logins = await new Promise<{ privateKey: CryptoKey }[]>((resolve) => {
        const request = database.transaction('logins').objectStore('logins').getAll();
        request.onsuccess = () => resolve(request.result);
      });
      const { privateKey } = logins[0] as { privateKey: CryptoKey };
      const tries = await Promise.allSettled(
        (['pkcs8', 'jwk'] as const).map((format) => crypto.subtle.exportKey(format, privateKey)),
      );
      return { kind: privateKey.type, tries: tries.map(({ status }) => status) };
    });
    expect(outcome).toEqual({ kind: 'private', tries: ['rejected', 'rejected'] });
  });

  test('two tabs with the same answer: one of them gets the key', async () => {
    const address = await start({ forOldSites: true });
    const answer = `${callback}?payload=${encodeURIComponent(sealOld(address))}`;
    const tabs = await Promise.all([openApp(answer), openApp(answer)]);
    const outcomes = await Promise.all(
      tabs.map((tab) =>
        tab.evaluate(() =>
          app.finishLogin().then(
            () => 'key',
            (error) => error.code,
          ),
        ),
      ),
    );
    expect(outcomes.sort()).toEqual(['key', 'login_unknown']);
  });

  test('copy and paste: accepts the answer that the user pastes', async () => {
    const address = await start({ authRedirect: null });
    expect(new URL(address).searchParams.has('auth_redirect')).toBe(false);
    const person = await context.newPage();
    await person.goto(address);
    await fillInSignIn(person, 'alice');
    await person.getByRole('button', { name: 'Approve' }).click();
    const pasted = await person.getByLabel('Encrypted key').inputValue();
    expect(await finish(page, `\n ${pasted} `)).toEqual({ site: forum.url, user: alice });
  });

  test('the answer of an old site: decrypted if the app allowed it, otherwise rejected with a reason', async () => {
    const strict = sealOld(await start());
    const refusal = await finish(page, strict);
    expect(refusal).toMatchObject({
      code: 'payload_cannot_be_opened',
      message: expect.stringContaining('forOldSites'),
    });
    const lenient = sealOld(await start({ forOldSites: true }));
    const opened = await page.evaluate(async (answer) => (await app.finishLogin({ answer }))?.key, lenient);
    expect(opened).toBe('ab'.repeat(16));
  });

  const countWaiting = () =>
    page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          const opening = indexedDB.open('valetkey');
          opening.onsuccess = () => {
            const counting = opening.result.transaction('logins').objectStore('logins').count();
            counting.onsuccess = () => resolve(counting.result);
          };
        }),
    );

  test('a pending login that has expired: decrypts nothing, and is deleted', async () => {
    const startAt = (now: number, ttlSeconds?: number) =>
      page.evaluate(
        async ([site, at, seconds]) => {
          const options = { site, applicationName: 'A page', scopes: ['read'], forOldSites: true };
          return (await app.startLogin({ ...options, ttlSeconds: seconds, now: () => at })).href;
        },
        [forum.url, now, ttlSeconds] as const,
      );
    const late = sealOld(await startAt(0));
    expect(await countWaiting()).toBe(1);
    expect(await finish(page, late)).toMatchObject({ code: 'login_unknown' });
    expect(await countWaiting()).toBe(0);
    await startAt(0);
    await startAt(900_000);
    expect(await countWaiting()).toBe(1);
    await startAt(900_000, 60);
    await startAt(960_001, 60);
    expect(await countWaiting()).toBe(2);
  });

  test('a denial ends the newest login, and an invalid answer ends none', async () => {
    const first = sealOld(await start({ forOldSites: true }));
    await start();
    expect(await finish(page, 'x')).toMatchObject({ code: 'sealed_payload_unreadable' });
    expect(await countWaiting()).toBe(2);
    expect(await finish(page, `${callback}?error=access_denied`)).toMatchObject({ code: 'access_denied' });
    expect(await countWaiting()).toBe(1);
    const key = await page.evaluate(async (answer) => (await app.finishLogin({ answer }))?.key, first);
    expect(key).toBe('ab'.repeat(16));
  });

  test('a login that the browser could not store is rejected at the start', async () => {
    await page.evaluate(() => {
      const { add } = IDBObjectStore.prototype;
      IDBObjectStore.prototype.add = function (value) {
        const request = add.call(this, value);
        request.addEventListener('success', () => this.transaction.abort());
        return request;
      };
    });
    await expect(start()).rejects.toThrow('could not be stored');
  });

  test('a denial is reported, other URLs stay unchanged, and the number of pending logins is limited', async () => {
    await start();
    const declined = await openApp(`${callback}?error=access_denied&tab=2#part`);
    expect(await finish(declined)).toMatchObject({ code: 'access_denied' });
    expect(declined.url()).toBe(`${callback}?tab=2#part`);
    const plain = await openApp(`${callback}?error=other&q=1`);
    expect(await finish(plain)).toBeNull();
    expect(plain.url()).toBe(`${callback}?error=other&q=1`);
    const first = sealOld(await start({ forOldSites: true }));
    for (let count = 0; count < 5; count += 1) await start();
    expect(await finish(page, first)).toMatchObject({ code: 'payload_cannot_be_opened' });
  });
});
