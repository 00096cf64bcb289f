import { type CreateAttemptLimiter, createInProcessAttemptLimiter } from '@valetkey/server';
import type { LimiterOptions } from './limiter-options.ts';
import { prepareScript } from './script-client.ts';
import { SCRIPT_PARTS } from './script-parts.ts';
import { withLocal } from './with-local.ts';

/** Has a maximum and a window in milliseconds for each key. Returns {milliseconds to wait}; 0 if it was counted. */
const COUNT = `${SCRIPT_PARTS}
local now, longest = readTime(ARGV[1]), 0
for index, key in ipairs(KEYS) do
  local max, window = tonumber(ARGV[2 * index]), tonumber(ARGV[2 * index + 1])
  clamp(key, now)
  dropUntil(key, now - window)
  longest = math.max(longest, waitFor(key, max, window, now))
end
if longest > 0 then return {longest} end
for index, key in ipairs(KEYS) do
  redis.call('RPUSH', key, string.format('%d', now))
  redis.call('PEXPIRE', key, ARGV[2 * index + 1])
end
return {0}
`;

/**
 * Returns how attempt limiters are created in Valkey or Redis. They are exact on any number of nodes. If the server cannot
 * be used, `count` throws `limits_unavailable`, or counts in this process.
 */
export function createValkeyAttemptLimiters(options: LimiterOptions): CreateAttemptLimiter {
  const { client, prefix = 'valetkey:', clock = 'server' } = options;
  const run = prepareScript(client, COUNT);

  return (name, windows) => {
    type Count = ReturnType<typeof createInProcessAttemptLimiter<(typeof windows)[number]['by']>>['count'];
    const count = async (...[keys, now]: Parameters<Count>): Promise<number> => {
      const counted = windows.flatMap(({ by, max, seconds }) => {
        const value = keys[by];
        // A cluster keeps the keys of one name on one server: that of the text in braces.
        return value === undefined
          ? []
          : [{ key: `${prefix}{${name}}:${by}:${seconds}:${value}`, max, seconds }];
      });
      if (counted.length === 0) return 0;
      const [wait = 0] = await run(
        counted.map(({ key }) => key),
        [clock === 'server' ? '' : now, ...counted.flatMap(({ max, seconds }) => [max, seconds * 1000])],
      );
      return Math.ceil(wait / 1000);
    };
    if (options.whenUnavailable !== 'local') return { count };
    const local = createInProcessAttemptLimiter(windows);
    return { count: withLocal(count, (...parameters) => local.count(...parameters)) };
  };
}
