import { collectPages } from '../../../core/collect-pages.ts';
import { formatCsv } from '../../../core/format-csv.ts';
import { loadUsers } from '../../load-users.ts';
import { downloadResponse } from '../../responses.ts';
import type { Endpoint } from '../endpoint.ts';
import { requireAdmin } from '../require-admin.ts';
import { findUserKeys } from './find-user-keys.ts';
import { userKeyShape } from './list-user-keys.ts';
import { parseKeyFilter } from './parse-key-filter.ts';

const COLUMNS = [
  'id',
  'user',
  'application_name',
  'kind',
  'client_id',
  'auth_redirect',
  'scopes',
  'created_at',
  'expires_at',
  'last_used_at',
  'last_used_address',
] as const;

/**
 * `GET /admin/user-api-key-list/export`: returns all keys that match the filter as CSV (PROTOCOL.md#keys-of-users). Contains
 * no secret.
 */
export const exportUserKeys: Endpoint = async (request, provider) => {
  await requireAdmin(request, provider);
  const { site, now } = provider;
  const { filter } = await parseKeyFilter(request.parameters, now(), site);
  const found = await collectPages((page) => findUserKeys({ ...filter, ...page }, provider));
  const users = await loadUsers(
    found.map(({ userId }) => userId),
    site,
  );
  const rows = found
    .map((key) => userKeyShape(key, users))
    .map((shape) => COLUMNS.map((name) => (name === 'scopes' ? shape.scopes.join(' ') : shape[name])));
  return downloadResponse(formatCsv([COLUMNS, ...rows]), { name: 'keys.csv', type: 'text/csv' });
};
