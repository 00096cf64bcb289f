import { createInProcessUseLimiter, type UseDecision, type UseLimiter } from '@valetkey/server';
import type { LimiterOptions } from './limiter-options.ts';
import { prepareScript } from './script-client.ts';
import { SCRIPT_PARTS } from './script-parts.ts';
import { withLocal } from './with-local.ts';

/** Returns {1, uses in the minute, ms until one leaves it, uses in the day, ms}, or {0, 60 or 86400, ms to wait}. */
const USE = `${SCRIPT_PARTS}
local key, MINUTE, DAY = KEYS[1], 60000, 86400000
local now, perMinute, perDay = readTime(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local kept = perDay < 0 and MINUTE or DAY
clamp(key, now)
dropUntil(key, now - kept)
local wait = waitFor(key, perDay, DAY, now)
if wait > 0 then return {0, 86400, wait} end
wait = waitFor(key, perMinute, MINUTE, now)
if wait > 0 then return {0, 60, wait} end
local used = redis.call('RPUSH', key, string.format('%d', now))
redis.call('PEXPIRE', key, kept)
local recent = firstAfter(key, now - MINUTE, math.max(0, used - perMinute))
return {1, used - recent, at(key, recent) + MINUTE - now, used, at(key, 0) + DAY - now}
`;

const toSeconds = (ms = 0): number => Math.max(1, Math.ceil(ms / 1000));

/**
 * Creates a use limiter in Valkey or Redis. It is exact on any number of nodes: one script decides and counts, by the
 * clock of the server. A rejected use is not counted.
 *
 * Uses that the server has not stored when it crashes are forgotten: with `appendonly yes` those of a second, otherwise
 * all. If the server cannot be used, `use` throws `limits_unavailable` (HTTP 503), or counts in this process.
 *
 * @throws ValetkeyError `limits_unavailable` from `use`
 */
export function createValkeyUseLimiter(options: LimiterOptions): UseLimiter {
  const { client, prefix = 'valetkey:', clock = 'server' } = options;
  const run = prepareScript(client, USE);

  const use: UseLimiter['use'] = async (key, now, { perMinute, perDay }): Promise<UseDecision> => {
    const time = clock === 'server' ? '' : now;
    const limits = [perMinute, perDay === Number.POSITIVE_INFINITY ? -1 : perDay];
    const [isAllowed, ...result] = await run([`${prefix}use:${key}`], [time, ...limits]);
    if (isAllowed === 0) {
      const [windowSeconds, wait] = result;
      return {
        allowed: false,
        window: windowSeconds === 60 ? 'minute' : 'day',
        waitSeconds: toSeconds(wait),
      };
    }
    const [inMinute = 0, minuteMs, inDay = 0, dayMs] = result;
    return {
      allowed: true,
      remaining: {
        minute: { remaining: perMinute - inMinute, resetSeconds: toSeconds(minuteMs) },
        day: { remaining: perDay - inDay, resetSeconds: toSeconds(dayMs) },
      },
    };
  };
  if (options.whenUnavailable !== 'local') return { use, isShared: true };
  const local = createInProcessUseLimiter();
  return { use: withLocal(use, (...parameters) => local.use(...parameters)), isShared: true };
}
