import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfig, startGateway } from '@valetkey/gateway';
import { APP_REDIRECT, keyRequest, query } from '@valetkey/test-support/app-request';
import type { Browser } from '@valetkey/test-support/browser';
import { readForm } from '@valetkey/test-support/page-form';
import { findFreePort } from '@valetkey/test-support/postgres/postgres-process';
import { startNginxWith } from '@valetkey/test-support/start-nginx';
import type { ContractTarget } from './contract-target.ts';
import { controlOverHttp } from './control-over-http.ts';
import { startPlainForum } from './start-plain-forum.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Set in the projects `gateway` and `forward-auth` only. */
    through: Through;
  }
}

const config = ({ baseUrl, listen, forum }: Record<'baseUrl' | 'listen' | 'forum', string>): string => `
name: Plum Forum
base_url: ${baseUrl}
listen: ${listen}
forward_auth: { from: [127.0.0.1] }
trusted_proxies: [127.0.0.1]
upstream: ${forum}
store: ./data
accounts: { ask: { url: ${forum}/signed-in, login: '/login?return_to={return_to}' } }
scopes:
  read: { sentence: Read topics, routes: [GET /latest.json, GET /session/current.json, GET /user-status.json, GET /t/:topic] }
  write: { sentence: Write topics, dangerous: true, routes: [POST /posts.json, GET /session/current.json] }
  session_info: { sentence: Read your name, routes: [GET /session/current.json] }
settings:
  allowed_user_api_auth_redirects: '${APP_REDIRECT}'
`;

/** How requests reach the pages of the forum. */
export type Through = 'gateway' | 'forward-auth';

/** Starts the pages of a forum, which does not verify keys itself, behind the gateway or behind nginx that asks it. */
export async function startGatewayTarget(through: Through): Promise<ContractTarget> {
  let now = Date.UTC(2026, 10, 23, 12);
  const [publicPort, gatewayPort] = [await findFreePort(), await findFreePort()];
  const baseUrl = `http://127.0.0.1:${publicPort}`;
  const isAsked = through === 'forward-auth';
  const listen = `127.0.0.1:${isAsked ? gatewayPort : publicPort}`;
  const forum = await startPlainForum(baseUrl, () => now);
  const folder = mkdtempSync(join(tmpdir(), 'valetkey-contract-'));
  const text = config({ baseUrl, listen, forum: forum.url });
  const gateway = await startGateway(parseConfig(text, join(folder, 'valetkey.yaml'), {}), {
    now: () => now,
  });
  const stopNginx = isAsked
    ? await startNginxWith(publicPort, readNginx(publicPort, listen, new URL(forum.url).host))
    : async () => {};
  const { send, signIn: signInAtForum } = controlOverHttp(baseUrl);
  const signIn = async (username: string) => withToken(await signInAtForum(username));
  const setSetting = (name: string, value: unknown) => saveSetting(signIn, name, String(value));
  // The limits of Discourse, which the tests expect. A configuration would take precedence over their changes.
  await setSetting('max_user_api_reqs_per_minute', 20);
  await setSetting('max_user_api_reqs_per_day', 2880);
  return {
    baseUrl,
    send,
    signIn,
    isFresh: true,
    async findKeyId(browser, _, applicationName) {
      const page = await browser.get(`/valetkey/apps${query({ search: applicationName })}`);
      const { id } = readForm(await page.text(), '/user-api-key/revoke');
      if (id === undefined) throw new Error('The new key is not on the page of the apps.');
      return id;
    },
    settings: { set: setSetting },
    clock: {
      advance(ms) {
        now += ms;
      },
      runDailyJobs: () => Promise.reject(new Error('The gateway runs its daily jobs by itself.')),
    },
    async close() {
      await stopNginx();
      await gateway.close();
      await forum.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Returns the configuration that the guide on forward authentication ships. */
const readNginx = (port: number, gateway: string, forum: string): string =>
  readFileSync(new URL('../../../deploy/nginx/valetkey.conf', import.meta.url), 'utf8')
    .replaceAll('127.0.0.1:8443', gateway)
    .replaceAll('127.0.0.1:8080', forum)
    .replace('listen 80;', `listen 127.0.0.1:${port};`);

/** Saves a setting with the form for admins. */
async function saveSetting(
  signIn: (username: string) => Promise<Browser>,
  name: string,
  value: string,
): Promise<void> {
  const path = '/valetkey/admin/user-api-key-settings';
  const admin = await signIn('admin');
  const page = await admin.get(path);
  if (!page.ok) throw new Error(`The page of the settings is ${page.status}: ${await page.text()}`);
  const form = readForm(await page.text(), path);
  const body = new URLSearchParams({ ...form, [`value:${name}`]: value });
  const response = await admin.request(path, {
    method: 'POST',
    body,
    headers: { accept: 'application/json' },
  });
  if (!response.ok) throw new Error(`The setting was not saved: ${response.status} ${await response.text()}`);
}

/** Returns a browser that sends the token of the gateway's own forms to the gateway's own endpoints. */
function withToken(browser: Browser): Browser {
  let token: string | null = null;
  async function loadToken(): Promise<string> {
    const page = await browser.get(`/user-api-key/new${query(keyRequest({ auth_redirect: null }))}`);
    return readForm(await page.text(), '/user-api-key').authenticity_token ?? '';
  }
  return {
    ...browser,
    async send(method, path, body, headers = {}) {
      if (!/^\/(?:user-api-key|admin)\b/.test(path)) return browser.send(method, path, body, headers);
      token ??= await loadToken();
      // Pages for admins have a path of their own, because the service may have pages below /admin.
      const own = path.replace(/^\/admin\//, '/valetkey/admin/');
      return browser.send(method, own, body, { 'x-csrf-token': token, ...headers });
    },
  };
}
