-- SPDX-License-Identifier: Apache-2.0
-- All limits of a key or none: the row is locked and then judged as it is by then. Who is refused writes nothing, and is
-- told how the row stands by locking it once more, which finds its newest version where plain reading finds an older one.
-- Rows are taken in the order of their keys, so that no two statements wait for each other.
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
    SELECT s.key, s.states FROM {table} s
    WHERE s.key IN (SELECT key FROM ask WHERE durable = {durable}) AND s.key NOT IN (SELECT key FROM taken_{table})
    FOR NO KEY UPDATE
), said_{table} AS (
    SELECT a.place, true AS allowed, {owed} AS owed
    FROM taken_{table} s JOIN ask a ON a.key = s.key AND a.durable = {durable}
    UNION ALL
    SELECT a.place, false, {owed}
    FROM refused_{table} s JOIN ask a ON a.key = s.key AND a.durable = {durable}
)
