-- SPDX-License-Identifier: Apache-2.0
-- Charged whether it is there or not; given back when negative.
taken_{table} AS (
    INSERT INTO {table} AS s (key, states, full_at)
    SELECT key, jsonb_object_agg(name, now + least(greatest(units, 0), most)), max(now + least(greatest(units, 0), most))
    FROM ask WHERE durable = {durable} GROUP BY key ORDER BY key
    ON CONFLICT (key) DO UPDATE SET (states, full_at) = (
        SELECT s.states || jsonb_object_agg(a.name, a.now + least(greatest({owed} + a.units, 0), a.most)),
            greatest(s.full_at, max(a.now + least(greatest({owed} + a.units, 0), a.most)))
        FROM ask a WHERE a.key = s.key AND a.durable = {durable})
    RETURNING key, states
), said_{table} AS (
    SELECT a.place, true AS allowed, {owed} AS owed
    FROM taken_{table} s JOIN ask a ON a.key = s.key AND a.durable = {durable}
)
