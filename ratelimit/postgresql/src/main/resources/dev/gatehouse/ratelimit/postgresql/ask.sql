-- SPDX-License-Identifier: Apache-2.0
-- What is asked: a row for each key and limit, and the one moment at which all of it is judged.
WITH clock AS MATERIALIZED (
    SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint * 1000 AS now
), ask AS MATERIALIZED (
    SELECT u.*, clock.now
    FROM clock, unnest(?::bytea[], ?::text[], ?::boolean[], ?::bigint[], ?::bigint[], ?::bigint[])
        WITH ORDINALITY AS u (key, name, durable, units, room, most, place)
)
