import type { MatchedRoute } from '@valetkey/server';
import { createTestSite, csrfOf, type TestSite } from './test-site.ts';

/** An admin key in a response; `key` only in the response that created it. */
export interface ShownAdminKey {
  id: number;
  key?: string;
  truncated_key: string;
  description: string;
  user: { id: string; username: string | null } | null;
  scope_mode: string;
  scopes: { scope_id: string; parameters: Record<string, string[]> }[];
  created_at: string;
  last_used_at: string | null;
  revoked_at: string | null;
}

/** Creates a test site with an admin’s browser, and scripts with admin keys. */
export async function createAdminSite(options: Parameters<typeof createTestSite>[0] = {}) {
  const site: TestSite = await createTestSite(options);

  /** Sends a request with a browser session and its CSRF token. */
  function asUser(username: string, method: string, path: string, body?: unknown) {
    return site.send(path, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        cookie: `session=${username}`,
        'x-csrf-token': csrfOf(username),
      },
    });
  }

  /** Creates a key as an admin. The default is global, for all users. */
  async function make(fields: Record<string, unknown> = {}): Promise<ShownAdminKey & { key: string }> {
    const key = { description: 'Nightly export', username: null, scope_mode: 'global', ...fields };
    const response = await asUser('admin', 'POST', '/admin/api/keys.json', { key });
    if (response.status !== 200) throw new Error(`No key was created: ${await response.text()}`);
    return ((await response.json()) as { key: ShownAdminKey & { key: string } }).key;
  }

  /** Authorizes a request with these headers. */
  function authorize(
    headers: Record<string, string>,
    route: MatchedRoute = { name: 'list#latest', format: 'json' },
    method = 'GET',
    path = '/any.json',
  ) {
    const request = new Request(`https://forum.example${path}`, { method, headers });
    return site.valetkey.authorize(request, route, { ipAddress: '192.0.2.1' });
  }

  /** Returns the user that may act, as `ok:alice`; the code of a refusal; or `anonymous`. */
  async function outcome(...request: Parameters<typeof authorize>): Promise<string> {
    const result = await authorize(...request);
    if (result.kind === 'anonymous') return 'anonymous';
    return result.kind === 'key' ? `ok:${result.principal.user.username}` : result.refusal.code;
  }

  return { ...site, asUser, make, authorize, outcome };
}

/** Returns the headers of a request with an admin key. */
export const withKey = (key: string, username?: string): Record<string, string> => ({
  'Api-Key': key,
  ...(username !== undefined && { 'Api-Username': username }),
});
