-- SPDX-License-Identifier: Apache-2.0
--
-- One decision on all limits of one key. KEYS[1] is a hash: under each limit's name the moment at which its bucket will
-- be full, in nanoseconds since 1970 by this server's clock. It holds nothing of the limits, whose figures are arguments.
--
-- Numbers are doubles here, exact up to 2^53: enough for microseconds until the year 2255, too few for nanoseconds. A time
-- is therefore two numbers: whole microseconds, which may be negative, and the nanoseconds beyond them, 0 to 999.
--
-- ARGV[1]: "take" from all or from none, or "charge" whatever there is. Then for each limit seven: its name, and three
-- times: what to add, what may be owed after a take, what may ever be owed.
-- Answer: 1 or 0, allowed or not; then for each limit what is owed now, two numbers.

local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]

local names = {}
for i = 2, #ARGV, 7 do
  names[#names + 1] = ARGV[i]
end
local states = redis.call('HMGET', KEYS[1], unpack(names))

local function above(us, ns, otherUs, otherNs)
  return us > otherUs or (us == otherUs and ns > otherNs)
end

local force = ARGV[1] == 'charge'
local allowed, changes = true, false
local owed, after = {}, {}
for n = 1, #names do
  local a = (n - 1) * 7 + 2
  local us, ns = 0, 0
  if states[n] then
    us, ns = string.sub(states[n], 1, -4) - now, tonumber(string.sub(states[n], -3))
  end
  local mostUs, mostNs = tonumber(ARGV[a + 5]), tonumber(ARGV[a + 6])
  if us < 0 then
    us, ns = 0, 0
  elseif above(us, ns, mostUs, mostNs) then
    -- The clock was set back, or the limit lowered. Kept at once, for a refusal would leave it as far away as it was.
    us, ns, changes = mostUs, mostNs, true
  end
  owed[n] = { us, ns }

  local addUs, addNs = tonumber(ARGV[a + 1]), tonumber(ARGV[a + 2])
  us, ns = us + addUs, ns + addNs
  if ns > 999 then
    us, ns = us + 1, ns - 1000
  end
  if force then
    if us < 0 then
      us, ns = 0, 0
    elseif above(us, ns, mostUs, mostNs) then
      us, ns = mostUs, mostNs
    end
  elseif above(us, ns, tonumber(ARGV[a + 3]), tonumber(ARGV[a + 4])) then
    allowed = false
  end
  after[n] = { us, ns }
end

local kept = allowed and after or owed
local answer = { allowed and 1 or 0 }
local writes, longest = {}, 0
for n = 1, #names do
  local us, ns = kept[n][1], kept[n][2]
  changes = changes or us ~= owed[n][1] or ns ~= owed[n][2]
  answer[#answer + 1] = us
  answer[#answer + 1] = ns
  writes[#writes + 1] = names[n]
  writes[#writes + 1] = string.format('%.0f%03d', now + us, ns)
  longest = math.max(longest, us)
end

if changes then
  redis.call('HSET', KEYS[1], unpack(writes))
  -- Other limits of this key may need it for longer; whole milliseconds, and one for the nanoseconds.
  local lifetime = math.floor(longest / 1000) + 1
  if redis.call('PTTL', KEYS[1]) < lifetime then
    redis.call('PEXPIRE', KEYS[1], lifetime)
  end
end
return answer
