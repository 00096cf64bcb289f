import { ValetkeyError } from '@valetkey/protocol';
import { hashKey } from '../../../core/key/hash-key.ts';
import { effectiveExpiry } from '../../../core/key/key-state.ts';
import { rateLimitHeaders } from '../../rate-limit-headers.ts';
import { jsonResponse } from '../../responses.ts';
import type { Endpoint } from '../endpoint.ts';
import { readUserKey } from './read-user-key.ts';

/** `GET /user-api-key/current.json`: describes an active key, whatever its scopes (PROTOCOL.md#current-key). */
export const showCurrentKey: Endpoint = async ({ raw, ipAddress }, { verifier, keys }) => {
  const presented = readUserKey(raw);
  if (presented === null) throw new ValetkeyError('login_required');
  // Read before verifying, because this request is the next last use.
  const lastUsedAt = (await keys.findByHash(hashKey(presented)))?.lastUsedAt ?? null;
  const key = await verifier.useActiveKey(presented, {
    ipAddress,
    userAgent: raw.headers.get('user-agent'),
    clientId: raw.headers.get('user-api-client-id'),
  });
  if (!key.active) throw new ValetkeyError(key.code, key.details);

  const { record, user, limits, remaining } = key;
  // The key of a feed opens its feed and nothing else (SECURITY.md).
  if (record.kind === 'feed') {
    throw new ValetkeyError('scope_insufficient', { required_scopes: [], granted_scopes: record.scopes });
  }
  const expiresAt = effectiveExpiry(record);
  return jsonResponse(
    {
      application_name: record.applicationName,
      client_id: record.clientId,
      sent_client_id: record.sentClientId,
      scopes: record.scopes,
      created_at: isoTime(record.createdAt),
      expires_at: isoTime(Number.isFinite(expiresAt) ? expiresAt : null),
      last_used_at: isoTime(lastUsedAt),
      limits: {
        per_minute: limits.perMinute,
        per_day: limits.perDay,
        remaining: { per_minute: remaining.minute.remaining, per_day: remaining.day.remaining },
      },
      user: { id: user.id, username: user.username },
    },
    200,
    rateLimitHeaders(limits, remaining),
  );
};

const isoTime = (time: number | null): string | null => (time === null ? null : new Date(time).toISOString());
