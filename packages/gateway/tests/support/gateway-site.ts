import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { APP_REDIRECT, keyRequest, open, query } from '@valetkey/test-support/app-request';
import { readForm } from '@valetkey/test-support/page-form';
import { Agent, fetch as fetchWith } from 'undici';
import { parseConfig } from '../../src/config/parse-config.ts';
import { type GatewayOptions, type RunningGateway, startGateway } from '../../src/gateway.ts';

/** Returns a configuration for a service, with more lines at its end. */
export const configFor = (service: string, more = ''): string => `
name: Plum Wiki
base_url: http://wiki.example
listen: 127.0.0.1:0
upstream: ${service}
store: ./data
accounts:
  ask: { url: ${service}/whoami, login: '/login?next={return_to}' }
scopes:
  notes_read: { sentence: Read your notes, routes: [GET /api/notes, GET /api/notes/:id, GET /api/live] }
  notes_write: { sentence: Change your notes, dangerous: true, routes: [POST /api/notes, DELETE /api/notes/:id] }
  admin_read: { sentence: Read everything, routes: [GET /admin/x] }
settings: { allowed_user_api_auth_redirects: '${APP_REDIRECT}', max_user_api_reqs_per_minute: 10000 }
${more}`;

/** A gateway in this process, with its own data folder. */
export interface GatewaySite {
  readonly url: string;
  readonly gateway: RunningGateway;
  readonly folder: string;
  /** Approves an app as a user; returns the key. */
  approve(user?: string, changes?: Record<string, string | null>): Promise<string>;
  /** Revokes a key with itself. */
  revoke(key: string): Promise<void>;
  /** Changes a setting, as an admin would. */
  setting(name: string, value: string | number): Promise<void>;
  /** Sends a request with a key. */
  get(path: string, key: string, headers?: Record<string, string>): Promise<Response>;
  close(): Promise<void>;
}

/** @param ca certifies the gateway, if it uses TLS */
export async function startGatewaySite(
  text: string,
  options: GatewayOptions = {},
  environment: Record<string, string> = {},
  ca?: string,
): Promise<GatewaySite> {
  const folder = mkdtempSync(join(tmpdir(), 'valetkey-gateway-'));
  const gateway = await startGateway(parseConfig(text, join(folder, 'valetkey.yaml'), environment), options);
  const { url } = gateway;
  const dispatcher = new Agent({ connect: { ca, servername: 'wiki.example' } });
  const fetch = ((to: string, init: object = {}) =>
    ca === undefined
      ? globalThis.fetch(to, init)
      : fetchWith(to, { ...init, dispatcher })) as typeof globalThis.fetch;
  return {
    url,
    gateway,
    folder,
    async approve(user = 'alice', changes = {}) {
      const request = keyRequest({ scopes: 'notes_read', auth_redirect: null, ...changes });
      const page = await fetch(`${url}/user-api-key/new${query(request)}`, {
        headers: { cookie: `user=${user}` },
      });
      const [visitor = ''] = page.headers.getSetCookie().map((line) => line.split(';', 1)[0] ?? '');
      const body = new URLSearchParams(readForm(await page.text(), '/user-api-key'));
      const headers = { cookie: `user=${user}; ${visitor}`, accept: 'application/json' };
      const response = await fetch(`${url}/user-api-key.json`, { method: 'POST', body, headers });
      if (response.status !== 200) throw new Error(`The approval was rejected: ${await response.text()}`);
      return open(((await response.json()) as { payload: string }).payload).key;
    },
    async revoke(key) {
      const response = await fetch(`${url}/user-api-key/revoke`, {
        method: 'POST',
        headers: { 'User-Api-Key': key },
      });
      if (response.status !== 200) throw new Error(`The key was not revoked: ${await response.text()}`);
    },
    async setting(name, value) {
      const page = await fetch(`${url}/valetkey/admin/user-api-key-settings`, {
        headers: { cookie: 'user=admin' },
      });
      const [visitor = ''] = page.headers.getSetCookie().map((line) => line.split(';', 1)[0] ?? '');
      const form = readForm(await page.text(), '/valetkey/admin/user-api-key-settings');
      const body = new URLSearchParams({ ...form, [`value:${name}`]: String(value) });
      const headers = { cookie: `user=admin; ${visitor}`, accept: 'application/json' };
      const response = await fetch(`${url}/valetkey/admin/user-api-key-settings`, {
        method: 'POST',
        body,
        headers,
      });
      if (response.status !== 200) throw new Error(`The setting was rejected: ${await response.text()}`);
    },
    get: (path, key, headers = {}) => fetch(url + path, { headers: { 'User-Api-Key': key, ...headers } }),
    async close() {
      await gateway.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
