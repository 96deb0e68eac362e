-- SPDX-License-Identifier: Apache-2.0
-- All limits of a key or none: the row is locked and then judged as it is by then. Who is refused writes nothing, and is
-- told how the row stands by locking it once more, which finds its newest version where plain reading finds an older one.
-- Rows are taken in the order of their keys, so that no two statements wait for each other. Each is looked up by itself:
-- joined, they would be read with the whole table, by a plan that was kept from when it was small.
taken_{table} AS (
    INSERT INTO {table} AS s (key, states, full_at)
    SELECT key, jsonb_object_agg(name, now + units), max(now + units)
    FROM ask WHERE durable = {durable} GROUP BY key ORDER BY key
    ON CONFLICT (key) DO UPDATE SET (states, full_at) = (
        SELECT s.states || jsonb_object_agg(a.name, a.now + {owed} + a.units),
            greatest(s.full_at, max(a.now + {owed} + a.units))
        FROM ask a WHERE a.key = s.key AND a.durable = {durable})
    WHERE (
        SELECT bool_and({owed} + a.units <= a.room)
        FROM ask a WHERE a.key = s.key AND a.durable = {durable})
    RETURNING key, states
), refused_{table} AS MATERIALIZED (
    SELECT s.key, s.states
    FROM (SELECT key FROM ask WHERE durable = {durable} EXCEPT SELECT key FROM taken_{table}) a,
        LATERAL (SELECT key, states FROM {table} WHERE key = a.key FOR NO KEY UPDATE) s
), said_{table} AS (
    SELECT a.place, true AS allowed, {owed} AS owed
    FROM taken_{table} s JOIN ask a ON a.key = s.key AND a.durable = {durable}
    UNION ALL
    SELECT a.place, false, {owed}
    FROM refused_{table} s JOIN ask a ON a.key = s.key AND a.durable = {durable}
)
