/**
 * Lua functions of the scripts. A list has the times of uses in milliseconds, oldest first. `clamp` treats a time in the
 * future as now, so that a clock that was ahead blocks nothing for longer than the window. `dropUntil` removes times from the
 * front by a binary search.
 */
export const SCRIPT_PARTS = `
local function readTime(given)
  if given ~= '' then return tonumber(given) end
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end
local function at(key, index)
  local time = redis.call('LINDEX', key, index)
  return time and tonumber(time)
end
local function clamp(key, now)
  local last = at(key, -1)
  if not last or last <= now then return end
  local times = redis.call('LRANGE', key, 0, -1)
  redis.call('DEL', key)
  for _, time in ipairs(times) do
    redis.call('RPUSH', key, string.format('%d', math.min(tonumber(time), now)))
  end
end
local function firstAfter(key, start, low)
  local high = redis.call('LLEN', key)
  while low < high do
    local middle = math.floor((low + high) / 2)
    if at(key, middle) <= start then low = middle + 1 else high = middle end
  end
  return low
end
local function dropUntil(key, start)
  local first = at(key, 0)
  if first and first <= start then redis.call('LTRIM', key, firstAfter(key, start, 0), -1) end
end
local function waitFor(key, max, window, now)
  if max < 0 then return 0 end
  local oldest = at(key, -max)
  if max == 0 then oldest = now end
  if oldest and oldest > now - window then return oldest + window - now end
  return 0
end
`;
