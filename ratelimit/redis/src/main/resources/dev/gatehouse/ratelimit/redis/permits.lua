-- SPDX-License-Identifier: Apache-2.0
--
-- Requests in flight of one key under one limit. KEYS[1] is a sorted set of the permits that are out, by the moment at
-- which the lease of each ends, in microseconds since 1970 by this server's clock. KEYS[2] is the last ID given.
--
-- ARGV[1]: "acquire", then permits and microseconds of lease: answers {1, ID, permits out}, or {0, microseconds until the
-- first lease ends, permits out}. "renew", then ID and lease; "release", then ID: answer {1} or {0}.

local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
local verb = ARGV[1]

if verb == 'release' then
  return { redis.call('ZREM', KEYS[1], ARGV[2]) }
end

redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', now))
local lease = tonumber(ARGV[3])
local ends = string.format('%.0f', now + lease)
local lifetime = math.floor(lease / 1000) + 1

-- The keys live as long as the longest lease that is out, under whatever limit it was given.
local function keep(key)
  if redis.call('PTTL', key) < lifetime then
    redis.call('PEXPIRE', key, lifetime)
  end
end

if verb == 'renew' then
  if not redis.call('ZSCORE', KEYS[1], ARGV[2]) then
    return { 0 }
  end
  redis.call('ZADD', KEYS[1], ends, ARGV[2])
  keep(KEYS[1])
  return { 1 }
end

local out = redis.call('ZCARD', KEYS[1])
if out >= tonumber(ARGV[2]) then
  local first = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
  return { 0, first[2] - now, out }
end
-- IDs follow the clock and one another: none returns, not even after the last one was forgotten.
local id = math.max(now, (tonumber(redis.call('GET', KEYS[2]) or '0')) + 1)
local text = string.format('%.0f', id)
redis.call('ZADD', KEYS[1], ends, text)
redis.call('SET', KEYS[2], text, 'KEEPTTL')
keep(KEYS[1])
keep(KEYS[2])
return { 1, id, out + 1 }
