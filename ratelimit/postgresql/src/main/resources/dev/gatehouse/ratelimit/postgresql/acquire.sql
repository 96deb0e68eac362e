-- SPDX-License-Identifier: Apache-2.0
-- A permit if fewer than may be are out; those whose lease has ended do not count. IDs never return: they follow the clock,
-- and one another.
WITH clock AS MATERIALIZED (
    SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint * 1000 AS now
), asked AS MATERIALIZED (
    SELECT ?::bytea AS key, ?::bigint AS permits, ?::bigint AS lease, now FROM clock
), given AS (
    INSERT INTO gatehouse_ratelimit_in_flight AS s (key, ids, ends, last_id, full_at)
    SELECT key, ARRAY[now], ARRAY[now + lease], now, now + lease FROM asked
    ON CONFLICT (key) DO UPDATE SET (ids, ends, last_id, full_at) = (
        SELECT array_agg(l.id) FILTER (WHERE l.until > a.now) || greatest(max(a.now), s.last_id + 1),
            array_agg(l.until) FILTER (WHERE l.until > a.now) || max(a.now + a.lease),
            greatest(max(a.now), s.last_id + 1),
            greatest(max(l.until), max(a.now + a.lease))
        FROM asked a LEFT JOIN unnest(s.ids, s.ends) AS l (id, until) ON true)
    WHERE (
        SELECT count(l.until) FILTER (WHERE l.until > a.now) < max(a.permits)
        FROM asked a LEFT JOIN unnest(s.ends) AS l (until) ON true)
    RETURNING last_id, cardinality(ids) AS out
), refused AS MATERIALIZED (
    SELECT s.ends FROM gatehouse_ratelimit_in_flight s, asked a
    WHERE s.key = a.key AND NOT EXISTS (SELECT FROM given)
    FOR NO KEY UPDATE OF s
)
SELECT last_id, out, 0 AS wait FROM given
UNION ALL
SELECT NULL, NULL, (SELECT min(l.until) - a.now FROM unnest(r.ends) AS l (until) WHERE l.until > a.now)
FROM refused r, asked a
