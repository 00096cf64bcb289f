import type { KeyRecord } from '../../../core/key/key-record.ts';
import type { Provider } from '../../../issue/provider.ts';
import { type UserKeysView, userKeysPage } from '../../../ui/admin/user-keys-page.ts';
import type { EndpointRequest } from '../../endpoint-request.ts';
import { loadIcons } from '../../load-icons.ts';
import { type LoadedUsers, loadUsers } from '../../load-users.ts';
import { jsonResponse } from '../../responses.ts';
import type { Endpoint } from '../endpoint.ts';
import { readShortText } from '../read-body-text.ts';
import { openAdminPage, requireAdmin } from '../require-admin.ts';
import { findUserKeys } from './find-user-keys.ts';
import { keyQuery, parseKeyFilter } from './parse-key-filter.ts';

const PAGE = 50;

/**
 * `GET /admin/user-api-key-list?user=&name=&client_id=&redirect=&scope=&kind=&unused_days=&expires_days=&before=`: lists the active
 * keys of all users, newest first. Requires an admin’s browser session (PROTOCOL.md#keys-of-users).
 */
export const listUserKeys: Endpoint = async (request, provider) => {
  if (!request.wantsJson) {
    return openAdminPage(request, provider, async (page) => {
      const revoked = readShortText(request.parameters, 'revoked');
      return userKeysPage(
        {
          ...(await findPage(request, provider)),
          scopeNames: Object.keys(provider.scopes),
          revoked: revoked !== null && /^\d{1,4}$/.test(revoked) ? Number(revoked) : null,
        },
        page,
      );
    });
  }
  await requireAdmin(request, provider);
  const { keys, users, older } = await findPage(request, provider);
  return jsonResponse({ keys: keys.map((key) => userKeyShape(key, users)), more: older });
};

async function findPage(
  { parameters }: EndpointRequest,
  provider: Provider,
): Promise<Omit<UserKeysView, 'scopeNames' | 'revoked'>> {
  const { site, now } = provider;
  const { filter, asked } = await parseKeyFilter(parameters, now(), site);
  const found = await findUserKeys({ ...filter, limit: PAGE + 1 }, provider);
  const shown = found.slice(0, PAGE);
  const last = found.length > PAGE ? shown.at(-1) : undefined;
  return {
    keys: shown,
    users: await loadUsers(
      shown.map(({ userId }) => userId),
      site,
    ),
    asked,
    findIcon: await loadIcons(shown, provider),
    query: keyQuery(asked, filter.beforeId ?? null),
    older: last ? keyQuery(asked, last.id) : null,
  };
}

const isoTime = (time: number | null): string | null => (time === null ? null : new Date(time).toISOString());

/** Returns a key as admins get it, as JSON and in the export. */
export const userKeyShape = (key: KeyRecord, users: LoadedUsers) => ({
  id: key.id,
  user: users.get(key.userId)?.username ?? key.userId,
  application_name: key.applicationName,
  kind: key.kind,
  client_id: key.clientId,
  auth_redirect: key.authRedirect,
  scopes: key.scopes,
  created_at: isoTime(key.createdAt),
  expires_at: isoTime(key.expiresAt),
  last_used_at: isoTime(key.lastUsedAt),
  last_used_address: key.lastUsedIpAddress,
});
