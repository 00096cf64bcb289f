import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Extension } from '@valetkey/server';
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
import { csrfOf } from '@valetkey/test-support/site/test-site';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createOauth } from './create-oauth.ts';
import { CALLBACK, createPkce, registeredClient } from './test-support/oauth-site.ts';

/** A site with OAuth, and the keys of an admin; `paths` are all endpoints of OAuth. */
async function createPrivilegedSite() {
  const folder = mkdtempSync(join(tmpdir(), 'oauth-privileges-'));
  const path = join(folder, 'valetkey.sqlite');
  const oauth = createOauth({ resources: ['/mcp'] });
  const paths: string[] = [];
  const extension: Extension = {
    ...oauth,
    async start(provider) {
      const added = await oauth.start(provider);
      paths.push(...Object.keys(added.endpoints ?? {}));
      paths.push(...Object.keys(added.adminPages ?? {}).map((page) => `/admin${page}`));
      return added;
    },
  };
  const site = await createAdminSite({ store: createSqliteStore({ path }), extensions: [extension] });
  onTestFinished(async () => {
    await site.valetkey.close();
    rmSync(folder, { recursive: true });
  });
  await site.store.saveOauthClient(registeredClient(), null);
  for (const name of ['max_user_api_reqs_per_minute', 'max_admin_api_reqs_per_minute'])
    await site.valetkey.settings.set(name, 100_000);
  const { key: admin } = await site.make({ username: 'admin' });
  const { key: user } = await site.approve({ client_id: 'app', scopes: 'write' }, 'admin');
  return { ...site, paths, keys: { user, admin }, read: () => readPrivileges(path) };
}

type PrivilegedSite = Awaited<ReturnType<typeof createPrivilegedSite>>;

/** Sends every method to every endpoint of OAuth, in both formats, with the cookie of an admin. */
async function walk({ paths, send }: PrivilegedSite, key: Omit<PresentedKey, 'name'>) {
  const answers = new Map<string, Answered>();
  // A form of another site sends the cookie without a CSRF token.
  const token = isInHeader(key) ? { 'x-csrf-token': csrfOf('admin') } : undefined;
  const values = {
    client_id: 'public-client',
    redirect_uri: CALLBACK,
    response_type: 'code',
    scope: 'read write',
    shown_scopes: 'read write',
    code_challenge: createPkce().code_challenge,
    code_challenge_method: 'S256',
    name: 'Grafana',
    redirect_uris: CALLBACK,
    kind: 'public',
  };
  for (const pattern of paths)
    for (const method of METHODS)
      for (const format of ['', '.json']) {
        const hasBody = method !== 'GET' && method !== 'HEAD';
        const query = new URLSearchParams({ ...key.query, ...(!hasBody && values) });
        const response = await send(`${pattern}${format}?${query}`, {
          method,
          headers: { cookie: 'session=admin', ...token, ...key.headers },
          ...(hasBody && { body: new URLSearchParams(values) }),
        });
        answers.set(`${method} ${pattern}${format}`, await readAnswer(response));
      }
  return answers;
}

describe('no endpoint of OAuth extends the privileges of a key, beside an admin’s cookie', () => {
  const names = everyCredential({ user: '', admin: '' }, '').map(({ name }) => name);
  test.each(names)('presented by %s', { timeout: 120_000 }, async (name) => {
    const site = await createPrivilegedSite();
    const credential = everyCredential(site.keys, 'admin').find((presented) => presented.name === name);
    if (!credential) throw new Error(`Unknown credential ${name}.`);
    const before = site.read();
    const answers = await walk(site, credential);
    expect(findChanged(before, site.read())).toEqual([]);
    const secrets = [site.keys.user, site.keys.admin, ...(isInHeader(credential) ? [csrfOf('admin')] : [])];
    expect(findBadAnswers(answers, secrets)).toEqual([]);
    expect([...answers].filter(([, { text }]) => /[?&]code=/.test(text))).toEqual([]);
  });

  test('the same requests change the compared data if they have the cookie only', async () => {
    const site = await createPrivilegedSite();
    const before = site.read();
    await walk(site, { headers: {}, query: {} });
    expect(findChanged(before, site.read())).toEqual([
      'audit_events',
      'change_counter',
      'changes',
      'oauth_clients',
      'oauth_codes',
    ]);
  });
});
