-- SPDX-License-Identifier: Apache-2.0
-- How limits stand, without making a row for who has none. Each row is looked up by itself, as in take.sql.
said_{table} AS (
    SELECT a.place, true AS allowed, {owed} AS owed
    FROM ask a LEFT JOIN LATERAL (SELECT states FROM {table} WHERE key = a.key OFFSET 0) s ON true
    WHERE a.durable = {durable}
)
