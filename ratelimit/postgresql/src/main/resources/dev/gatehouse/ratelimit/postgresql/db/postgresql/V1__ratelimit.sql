-- What keys have used of their limits. For each key one row, and in it for each limit, under its name, the moment at which
-- its bucket will be full, in nanoseconds since 1970 by this server's clock. full_at is the latest of them: from then on
-- the row says nothing, and is swept away.
--
-- Unlogged: not written ahead, so fast; empty after a crash and on a replica, which means full buckets. No index on
-- full_at, so that an update touches no index at all.
CREATE UNLOGGED TABLE gatehouse_ratelimit (
    key bytea PRIMARY KEY,
    states jsonb NOT NULL,
    full_at bigint NOT NULL
) WITH (fillfactor = 70);

-- The same for the limits that must outlive a crash: those of authentication.
CREATE TABLE gatehouse_ratelimit_durable (
    key bytea PRIMARY KEY,
    states jsonb NOT NULL,
    full_at bigint NOT NULL
) WITH (fillfactor = 70);

-- Requests in flight: for each key and limit the permits that are out, and when the lease of each ends.
CREATE UNLOGGED TABLE gatehouse_ratelimit_in_flight (
    key bytea PRIMARY KEY,
    ids bigint[] NOT NULL,
    ends bigint[] NOT NULL,
    last_id bigint NOT NULL,
    full_at bigint NOT NULL
) WITH (fillfactor = 70);
