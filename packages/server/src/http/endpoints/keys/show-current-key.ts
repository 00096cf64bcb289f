import { ValetkeyError } from '@valetkey/protocol';
import { effectiveExpiry } from '../../../core/key/key-state.ts';
import { useLimits } from '../../../core/limits/use-limits.ts';
import { rateLimitHeaders } from '../../rate-limit-headers.ts';
import { jsonResponse } from '../../responses.ts';
import type { Endpoint } from '../endpoint.ts';
import { readUserKey } from './read-user-key.ts';

/** `GET /user-api-key/current.json`: what a live key holds, whatever its scopes (PROTOCOL.md section 5). */
export const showCurrentKey: Endpoint = async ({ raw, ipAddress }, { judge, keys, settings, now }) => {
  const presented = readUserKey(raw.headers);
  if (presented === null) throw new ValetkeyError('login_required');
  const key = await judge.useLiveKey(presented, ipAddress);
  if (!key.live) throw new ValetkeyError(key.code, key.details);

  const { record, digest, uses } = key;
  const expiresAt = effectiveExpiry(record);
  const lastUsedAt = (await keys.find(record.id))?.lastUsedAt ?? null;
  const place = keys.cache.placeOf(digest, record.id);
  keys.lastUsed.note(place, now(), ipAddress, raw.headers.get('user-agent'));
  const limits = useLimits(settings.current());
  const { minute, day } = uses.remaining(now(), limits);
  return jsonResponse(
    {
      application_name: record.applicationName,
      client_id: record.clientId,
      scopes: record.scopes,
      created_at: isoTime(record.createdAt),
      expires_at: isoTime(Number.isFinite(expiresAt) ? expiresAt : null),
      last_used_at: isoTime(lastUsedAt),
      limits: {
        per_minute: limits.perMinute,
        per_day: limits.perDay,
        remaining: { per_minute: minute.remaining, per_day: day.remaining },
      },
      user: { id: key.principal.user.id, username: key.principal.user.username },
    },
    200,
    rateLimitHeaders(uses, limits, now()),
  );
};

const isoTime = (time: number | null): string | null => (time === null ? null : new Date(time).toISOString());
