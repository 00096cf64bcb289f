import { ValetkeyError } from '@valetkey/protocol';
import { ERROR_CATALOGUE } from '@valetkey/protocol/messages';
import { createAuditEventFactory } from '../../../core/audit/audit-event-factory.ts';
import { adminKeyAuditTarget } from '../../../core/audit/audit-target.ts';
import type { AdminKeyRecord } from '../../../core/key/admin-key-record.ts';
import { hashKey } from '../../../core/key/hash-key.ts';
import type { Provider } from '../../../issue/provider.ts';
import type { SiteUser } from '../../../ports/site.ts';
import { adminKeyFormPage } from '../../../ui/admin/admin-key-form-page.ts';
import { newAdminKeyPage } from '../../../ui/admin/new-admin-key-page.ts';
import type { EndpointRequest } from '../../endpoint-request.ts';
import { loadUsers } from '../../load-users.ts';
import { createPageContext } from '../../page-context.ts';
import { jsonResponse, pageResponse } from '../../responses.ts';
import type { Endpoint } from '../endpoint.ts';
import { requireAdmin } from '../require-admin.ts';
import { adminKeyShape } from './admin-key-shape.ts';
import { parseAdminKey } from './parse-admin-key.ts';
import { readAdminKeyForm } from './read-admin-key-form.ts';

/**
 * `POST /admin/api/keys`: creates an admin key. Only this response contains the key (PROTOCOL.md#manage-admin-keys).
 * An invalid form is returned as it was filled in, with the reason.
 */
export const createAdminKey: Endpoint = async (request, provider) => {
  const session = await requireAdmin(request, provider);
  const { parameters } = request;
  const { adminScopes } = provider;
  if (request.wantsJson) {
    const { key, record } = await make(parameters.key, session.user, request, provider);
    const { id, ...shape } = adminKeyShape(record, await loadUsers([record.userId], provider.site));
    return jsonResponse({ key: { id, key, ...shape } });
  }
  const page = await createPageContext(request.raw, session, provider);
  try {
    const fields = readAdminKeyForm(parameters, adminScopes);
    const made = await make(fields, session.user, request, provider);
    const { userId } = made.record;
    const bound = userId === null ? session.user : await provider.site.findUser(userId);
    return pageResponse(newAdminKeyPage({ ...made, username: bound?.username ?? '', adminScopes }, page));
  } catch (error) {
    if (!(error instanceof ValetkeyError)) throw error;
    return pageResponse(
      adminKeyFormPage(adminScopes, page, { fields: parameters, error }),
      ERROR_CATALOGUE[error.code].status,
    );
  }
};

async function make(
  fields: unknown,
  admin: SiteUser,
  request: EndpointRequest,
  provider: Provider,
): Promise<{ key: string; record: AdminKeyRecord }> {
  const { description, username, scopeMode, scopes } = parseAdminKey(fields, provider.adminScopes);
  const userId = username === null ? null : await findUserId(username, provider);
  const key = Buffer.from(provider.randomBytes(32)).toString('hex');
  const newKey = {
    keyHash: hashKey(key),
    truncatedKey: key.slice(0, 4),
    description,
    userId,
    scopeMode,
    scopes,
    createdBy: admin.id,
    createdAt: provider.now(),
  };
  const audit = createAuditEventFactory('admin_key_created', adminKeyAuditTarget, {
    actor: admin,
    request,
    provider,
  });
  const record = await provider.adminKeys.create(newKey, audit);
  return { key, record };
}

async function findUserId(username: string, { site }: Provider): Promise<string> {
  const user = await site.findUserByUsername(username);
  if (!user) throw new ValetkeyError('user_not_found');
  return user.id;
}
