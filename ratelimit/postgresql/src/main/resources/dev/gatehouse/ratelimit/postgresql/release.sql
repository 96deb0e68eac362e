-- SPDX-License-Identifier: Apache-2.0
-- One permit less is out, if it was.
UPDATE gatehouse_ratelimit_in_flight s SET (ids, ends) = (
    SELECT coalesce(array_agg(l.id), '{}'), coalesce(array_agg(l.until), '{}')
    FROM unnest(s.ids, s.ends) AS l (id, until) WHERE l.id <> ?)
WHERE s.key = ? AND ? = ANY (s.ids)
