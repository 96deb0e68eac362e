// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.postgresql;

import java.util.List;

/** Something of every kind that a database may hold and a dump must reproduce. */
final class EveryKind {

    static final List<String> SCHEMA = List.of(
            "CREATE SCHEMA \"Odd Name\"",
            "CREATE TYPE mood AS ENUM ('sad', 'glad')",
            "CREATE DOMAIN positive AS integer DEFAULT 1 CHECK (VALUE > 0)",
            "CREATE TABLE \"Odd Name\".\"a \"\"table\"\"\"(x int, \"x.*\" text)",
            "INSERT INTO \"Odd Name\".\"a \"\"table\"\"\" VALUES (1, 'a' || chr(9) || chr(10) || '\\'), (NULL, NULL)",
            "CREATE TABLE customer(id int PRIMARY KEY, status varchar(20) CHECK (status IN ('new', 'old')),"
                    + " name text COLLATE \"C\" DEFAULT 'nobody'::text, mood mood, n positive, doc jsonb, born date,"
                    + " score double precision, price numeric(10,2), at timestamptz DEFAULT now(), tags text[],"
                    + " upper_name text GENERATED ALWAYS AS (upper(name)) STORED)",
            "INSERT INTO customer(id, status, name, mood, n, doc, born, score, price, at, tags) SELECT n,"
                    + " CASE WHEN n % 2 = 0 THEN 'new' ELSE 'old' END, 'name ' || n, 'glad', n, '{\"a\": 1.50}', '1999-12-31',"
                    + " n / 3.0::float8, n, timestamptz '2026-01-01 00:00+02' + n * interval '1 day', ARRAY['x', NULL]"
                    + " FROM generate_series(1, 50) n",
            "CREATE INDEX customer_new ON customer(lower(name), at DESC) WHERE status::text = 'new'",
            "COMMENT ON COLUMN customer.name IS 'what they are called'",
            "CREATE TABLE event(id int, day date NOT NULL) PARTITION BY RANGE (day)",
            "CREATE TABLE event_2025 PARTITION OF event FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')",
            "CREATE TABLE event_rest PARTITION OF event DEFAULT",
            "INSERT INTO event SELECT n, date '2025-12-01' + n FROM generate_series(1, 60) n",
            "CREATE TABLE hashed(id int) PARTITION BY HASH (id)",
            "CREATE TABLE hashed_0 PARTITION OF hashed FOR VALUES WITH (MODULUS 2, REMAINDER 0)",
            "CREATE TABLE hashed_1 PARTITION OF hashed FOR VALUES WITH (MODULUS 2, REMAINDER 1)",
            "INSERT INTO hashed SELECT generate_series(1, 20)",
            "CREATE TABLE parent(id int); CREATE TABLE child(extra text) INHERITS (parent)",
            "INSERT INTO parent VALUES (1); INSERT INTO child VALUES (2, 'two')",
            "CREATE UNLOGGED TABLE scratchpad AS SELECT 1 AS one",
            "CREATE VIEW glad AS SELECT c.id, c.name FROM customer c WHERE c.mood = 'glad' AND c.status IN ('new', 'old')",
            "CREATE MATERIALIZED VIEW totals AS SELECT count(*) AS orders FROM orders",
            "INSERT INTO orders(amount) VALUES (-5)",
            "CREATE SEQUENCE counting INCREMENT -2 MAXVALUE 100 START 100",
            "SELECT nextval('counting'), nextval('counting')",
            "CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.at := now(); RETURN NEW; END'",
            "CREATE TRIGGER stamping BEFORE UPDATE ON customer FOR EACH ROW WHEN (OLD.name IS DISTINCT FROM NEW.name)"
                    + " EXECUTE FUNCTION stamp()",
            "CREATE AGGREGATE product(numeric) (SFUNC = numeric_mul, STYPE = numeric, INITCOND = '1')",
            "CREATE STATISTICS name_and_mood ON name, mood FROM customer",
            "SELECT lo_from_bytea(4711, '\\x00ff10'::bytea)",
            "DO $$ BEGIN CREATE ROLE clerk NOLOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$",
            "GRANT SELECT ON customer TO clerk",
            "GRANT UPDATE (name) ON customer TO clerk",
            "ALTER TABLE customer ENABLE ROW LEVEL SECURITY",
            "ALTER TABLE customer FORCE ROW LEVEL SECURITY",
            "CREATE POLICY own ON customer TO clerk USING (name = CURRENT_USER)",
            "ALTER TABLE customer DROP COLUMN born",
            "CREATE RULE quiet AS ON DELETE TO \"Odd Name\".\"a \"\"table\"\"\" DO INSTEAD NOTHING");

    private EveryKind() {}
}
