import { ValetkeyError } from '@valetkey/protocol';
import { rateLimitHeaders } from '../../http/rate-limit-headers.ts';
import { jsonResponse } from '../../http/responses.ts';
import { readHeaderCredentials } from '../../judge/read-credentials.ts';
import { useLimits } from '../../limits/use-limits.ts';
import type { Endpoint } from '../endpoint.ts';

/** `GET /user-api-key/current.json`: what a live key holds, whatever its scopes (PROTOCOL.md section 5). */
export const showCurrentKey: Endpoint = async ({ raw, address }, { judge, keys, settings, now }) => {
  const presented = readHeaderCredentials(raw.headers);
  if (presented.kind === 'conflict') throw new ValetkeyError('credentials_conflict');
  if (presented.kind !== 'user_key') throw new ValetkeyError('login_required');
  const key = await judge.useLiveKey(presented.key, address);
  if (!key.live) throw new ValetkeyError(key.code, key.details);

  const { known, digest } = key;
  const { record, expiresAt } = known;
  const lastUsedAt = (await keys.find(record.id))?.lastUsedAt ?? null;
  const place = keys.cache.placeOf(digest, record.id);
  keys.lastUsed.note(place, now(), address, raw.headers.get('user-agent'));
  const limits = useLimits(settings.current());
  const uses = keys.cache.usesOf(digest);
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
