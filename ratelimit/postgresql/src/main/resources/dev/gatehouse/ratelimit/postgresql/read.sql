-- SPDX-License-Identifier: Apache-2.0
-- How limits stand, without making a row for who has none.
said_{table} AS (
    SELECT a.place, true AS allowed, {owed} AS owed
    FROM ask a LEFT JOIN {table} s ON s.key = a.key
    WHERE a.durable = {durable}
)
