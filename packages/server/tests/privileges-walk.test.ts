import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSqliteStore } from '@valetkey/sql-store/sqlite';
import {
  type Answered,
  everyCredential,
  findBadAnswers,
  isInHeader,
  METHODS,
  type PresentedKey,
  readAnswer,
} from '@valetkey/test-support/every-credential';
import { findChanged, readPrivileges } from '@valetkey/test-support/read-tables';
import { createAdminSite } from '@valetkey/test-support/site/admin-site';
import { createDevice, requestTokenOf } from '@valetkey/test-support/site/device-site';
import { csrfOf, keyRequest, query } from '@valetkey/test-support/site/test-site';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createEndpointTable } from '../src/http/endpoints/endpoint-table.ts';
import { createPagePaths } from '../src/ports/page-paths.ts';

const GRANT_TYPE = 'urn:ietf:params:oauth:grant-type:device_code';

/** A site with one of each thing that could be restored, multiplied or extended, and requests for that. */
async function createPrivilegedSite() {
  const folder = mkdtempSync(join(tmpdir(), 'valetkey-privileges-'));
  const path = join(folder, 'valetkey.sqlite');
  const site = await createAdminSite({ store: createSqliteStore({ path }) });
  onTestFinished(async () => {
    await site.valetkey.close();
    rmSync(folder, { recursive: true });
  });
  const { settings } = site.valetkey;
  for (const name of [
    'max_user_api_reqs_per_minute',
    'max_user_api_reqs_per_day',
    'max_admin_api_reqs_per_minute',
  ])
    await settings.set(name, 100_000);
  await settings.set('allow_personal_user_api_keys', 'all');
  const client = { ...keyRequest(), client_id: 'registered', scopes: 'write,one_time_password' };
  await settings.set('allow_user_api_key_client_scopes', 'write|one_time_password');
  const asForm = (values: Record<string, string>) => ({ method: 'POST', body: new URLSearchParams(values) });
  expect((await site.send('/user-api-key-client', asForm(client))).status).toBe(200);
  await settings.set('allow_user_api_key_client_scopes', '');

  // Key 1 is revoked, key 2 is a personal key that can be rotated, and the admin key is active.
  const asAdmin = (path: string, values: Record<string, string> = {}) => site.post(path, values, 'admin');
  const fields = { description: 'A script', username: 'admin', scope_mode: 'global' };
  await site.make(fields);
  await asAdmin('/admin/api/keys/1/revoke');
  const { key: admin } = await site.make(fields);
  await site.approve({ client_id: 'gone' }, 'admin');
  await asAdmin('/user-api-key/revoke', { id: '1' });
  await asAdmin('/u/admin/preferences/api-keys/new', { application_name: 'Mine', scopes: 'write' });
  const { key: user } = await site.approve({ client_id: 'app', scopes: 'write' }, 'admin');
  await asAdmin('/user-api-key/otp', keyRequest());

  const device = createDevice(site);
  const [typed, untyped] = [await device.start({ scopes: 'write' }), await device.start({ scopes: 'write' })];
  const { approval_token = '' } = await device.type(typed.user_code, 'admin');

  const values = {
    ...client,
    scopes: 'write',
    ...fields,
    key: fields,
    username: 'admin',
    feed: 'bookmarks',
    grace_seconds: '3600',
    code: untyped.user_code,
    request: requestTokenOf(untyped),
    approval_token,
    device_code: untyped.device_code,
    grant_type: GRANT_TYPE,
    setting: 'allow_user_api_keys',
    value: 'false',
    'was:allow_user_api_keys': 'true',
    'value:allow_user_api_keys': 'false',
  };
  return {
    read: () => readPrivileges(path),
    values,
    keys: { user, admin },
    /** Secrets that no response to a key may contain. */
    secrets: [user, admin, csrfOf('admin'), settings.current().push_api_secret_key],
    fetch: (ipAddress: string, init: RequestInit) =>
      site.valetkey.fetch(new Request(`https://forum.example${ipAddress}`, init), {
        ipAddress: device.freshIpAddress(),
      }),
  };
}

type PrivilegedSite = Awaited<ReturnType<typeof createPrivilegedSite>>;

/** Sends every method to every endpoint, in both formats, about both keys. @returns the result by request */
async function walk(site: PrivilegedSite, key: Omit<PresentedKey, 'name'>) {
  const { headers, query: inQuery } = key;
  const answers = new Map<string, Answered>();
  // A form of another site sends the cookie without a CSRF token.
  const bringsToken = isInHeader(key);
  const token = bringsToken ? { 'x-csrf-token': csrfOf('admin') } : undefined;
  for (const pattern of Object.keys(createEndpointTable(createPagePaths(''))))
    for (const method of METHODS)
      for (const format of ['', '.json'])
        for (const id of ['1', '2']) {
          const { key: fields, ...texts } = {
            ...site.values,
            id,
            ...(bringsToken && { authenticity_token: csrfOf('admin') }),
          };
          const path = pattern.replace(':username', 'admin').replace(':id', id) + format;
          const hasBody = method !== 'GET' && method !== 'HEAD';
          const ipAddress = path + query({ ...inQuery, ...(!hasBody && texts) });
          const type = format ? { 'content-type': 'application/json' } : undefined;
          const response = await site.fetch(ipAddress, {
            method,
            headers: { cookie: 'session=admin', ...token, ...type, ...headers },
            ...(hasBody && {
              body: format ? JSON.stringify({ ...texts, key: fields }) : new URLSearchParams(texts),
            }),
          });
          answers.set(`${method} ${path} ${id}`, await readAnswer(response));
        }
  return answers;
}

describe('no endpoint and method extends the privileges of a key, beside an admin’s cookie', () => {
  const names = everyCredential({ user: '', admin: '' }, '').map(({ name }) => name);
  test.each(names)('presented by %s', { timeout: 120_000 }, async (name) => {
    const site = await createPrivilegedSite();
    const credential = everyCredential(site.keys, 'admin').find((presented) => presented.name === name);
    if (!credential) throw new Error(`Unknown credential ${name}.`);
    const before = site.read();
    const answers = await walk(site, credential);
    expect(findChanged(before, site.read())).toEqual([]);
    const { user, admin } = site.keys;
    const secrets = isInHeader(credential) ? site.secrets : [user, admin];
    expect(findBadAnswers(answers, secrets)).toEqual([]);
  });

  test('the same requests change all observed data if they have the cookie only', async () => {
    const site = await createPrivilegedSite();
    const before = site.read();
    await walk(site, { headers: {}, query: {} });
    expect(findChanged(before, site.read())).toEqual([
      'admin_api_keys',
      'audit_events',
      'change_counter',
      'changes',
      'device_grants',
      'one_time_passwords',
      'settings',
      'user_api_key_clients',
      'user_api_keys',
    ]);
  });
});
