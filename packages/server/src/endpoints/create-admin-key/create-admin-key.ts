import { ValetkeyError } from '@valetkey/protocol';
import { recordEvent } from '../../audit/record-event.ts';
import { jsonResponse } from '../../http/responses.ts';
import { hashKey } from '../../judge/hash-key.ts';
import type { Provider } from '../../provider.ts';
import { aboutAdminKey } from '../about-admin-key.ts';
import { adminKeyShape } from '../admin-key-shape.ts';
import type { Endpoint } from '../endpoint.ts';
import { requireAdmin } from '../require-admin.ts';
import { parseAdminKey } from './parse-admin-key.ts';

/** `POST /admin/api/keys.json`: makes an admin key. This answer has the key itself, and no other ever (PROTOCOL.md section 12). */
export const createAdminKey: Endpoint = async (request, provider) => {
  const admin = await requireAdmin(request, provider);
  const { description, username, scopeMode, scopes } = parseAdminKey(
    request.parameters.key,
    provider.adminScopes,
  );
  const userId = username === null ? null : await findUserId(username, provider);
  const key = Buffer.from(provider.randomBytes(32)).toString('hex');
  const record = await provider.adminKeys.create({
    keyHash: hashKey(key),
    truncatedKey: key.slice(0, 4),
    description,
    userId,
    scopeMode,
    scopes,
    createdBy: admin.id,
    createdAt: provider.now(),
  });
  await recordEvent(provider, request, admin, { action: 'admin_key_created', ...aboutAdminKey(record) });
  const { id, ...shape } = await adminKeyShape(record, provider);
  return jsonResponse({ key: { id, key, ...shape } });
};

async function findUserId(username: string, { site }: Provider): Promise<string> {
  const user = await site.findUserByUsername(username);
  if (!user) throw new ValetkeyError('user_not_found');
  return user.id;
}
