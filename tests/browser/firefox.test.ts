import { open, PUBLIC_KEY } from '@valetkey/test-support/app-request';
import { type ForumProcess, startForumProcess } from '@valetkey/test-support/forum-process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeInFirefox, type FirefoxTab, launchFirefox } from './firefox.ts';

const request = new URLSearchParams({
  application_name: 'Firefox app',
  client_id: 'firefox',
  nonce: 'n',
  scopes: 'read,write',
  optional_scopes: 'write',
  public_key: PUBLIC_KEY,
});

describeInFirefox('the main path in Firefox', () => {
  let forum: ForumProcess;
  let tab: FirefoxTab;
  beforeAll(async () => {
    [forum, tab] = await Promise.all([startForumProcess(), launchFirefox()]);
  }, 60_000);
  afterAll(async () => void (await Promise.all([tab?.close(), forum?.stop()])));

  test('sign in, approve without an optional scope, use the key, revoke it, and undo', {
    timeout: 60_000,
  }, async () => {
    await tab.goto(`${forum.url}/user-api-key/new?${request}`);
    await tab.evaluate(`(document.querySelector('#login').value = 'alice', 0)`);
    await tab.evaluate(`(document.querySelector('#password').value = 'valetkey-demo', 0)`);
    await tab.clickAndLoad('form:has(#password) button');
    expect(await tab.evaluate('document.body.innerText')).toContain('Firefox app');
    await tab.evaluate(`document.querySelector('input[name="grant:write"]').click() ?? null`);
    await tab.clickAndLoad('button.primary');
    const { key } = open(await tab.evaluate<string>(`document.querySelector('#payload').value`));
    const statusOf = async (path: string) =>
      (await fetch(forum.url + path, { headers: { 'User-Api-Key': key } })).status;
    expect(await statusOf('/latest.json')).toBe(200);

    const apps = `${forum.url}/u/alice/preferences/apps`;
    await tab.goto(apps);
    const scopes = `[...document.querySelectorAll('ul.keys > li:first-child code')].map((code) => code.textContent)`;
    expect(await tab.evaluate(scopes)).toEqual(['read']);
    // The scripts of the page run: times are in the zone of the reader.
    expect(await tab.evaluate(`document.querySelector('time').title !== ''`)).toBe(true);
    await tab.clickAndLoad('form[action$="/revoke"] button');
    expect(await statusOf('/latest.json')).toBe(403);
    await tab.clickAndLoad('form[action$="/undo-revoke"] button');
    expect(await statusOf('/latest.json')).toBe(200);
  });
});
