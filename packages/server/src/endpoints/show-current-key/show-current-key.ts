import { ValetkeyError } from '@valetkey/protocol';
import { jsonResponse } from '../../http/responses.ts';
import type { Endpoint } from '../endpoint.ts';

/** `GET /user-api-key/current.json`: what a live key holds, whatever its scopes (PROTOCOL.md section 5). */
export const showCurrentKey: Endpoint = async ({ raw, address }, { judge, keys, now }) => {
  const presented = raw.headers.get('user-api-key');
  if (presented === null) throw new ValetkeyError('login_required');
  const key = await judge.findLiveKey(presented);
  if (!key.live) throw new ValetkeyError(key.code, key.details);

  const { record } = key.known;
  const lastUsedAt = keys.lastUsed.pending(record.id)?.usedAt ?? record.lastUsedAt;
  keys.lastUsed.note({ id: record.id, usedAt: now(), address, agent: raw.headers.get('user-agent') });
  return jsonResponse({
    application_name: record.applicationName,
    client_id: record.clientId,
    scopes: record.scopes,
    created_at: isoTime(record.createdAt),
    expires_at: isoTime(record.expiresAt),
    last_used_at: isoTime(lastUsedAt),
    user: { id: key.user.id, username: key.user.username },
  });
};

const isoTime = (time: number | null): string | null => (time === null ? null : new Date(time).toISOString());
