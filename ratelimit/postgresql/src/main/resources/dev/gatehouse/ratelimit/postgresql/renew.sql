-- SPDX-License-Identifier: Apache-2.0
-- The lease of one permit begins anew, unless it has ended.
WITH asked AS MATERIALIZED (
    SELECT ?::bytea AS key, ?::bigint AS id, ?::bigint AS lease,
        (extract(epoch FROM clock_timestamp()) * 1000000)::bigint * 1000 AS now
)
UPDATE gatehouse_ratelimit_in_flight s SET
    (ids, ends) = (
        SELECT array_agg(l.id), array_agg(CASE WHEN l.id = a.id THEN a.now + a.lease ELSE l.until END)
        FROM unnest(s.ids, s.ends) AS l (id, until)),
    full_at = greatest(s.full_at, a.now + a.lease)
FROM asked a
WHERE s.key = a.key AND EXISTS (
    SELECT FROM unnest(s.ids, s.ends) AS l (id, until) WHERE l.id = a.id AND l.until > a.now)
