-- SPDX-License-Identifier: Apache-2.0
CREATE TABLE gatehouse_audit (
    seq        BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id         VARCHAR(32)              NOT NULL UNIQUE,
    at         TIMESTAMP WITH TIME ZONE NOT NULL,
    action     VARCHAR(200)             NOT NULL,
    actor_kind VARCHAR(16)              NOT NULL,
    actor_id   VARCHAR(200)             NOT NULL,
    subject    VARCHAR(200),
    outcome    VARCHAR(16)              NOT NULL,
    request_id VARCHAR(64),
    details    TEXT                     NOT NULL
);

CREATE INDEX gatehouse_audit_subject ON gatehouse_audit (subject, seq);
CREATE INDEX gatehouse_audit_at ON gatehouse_audit (at);

CREATE FUNCTION gatehouse_audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'gatehouse_audit is append-only: % is refused', TG_OP;
END
$$;

CREATE TRIGGER gatehouse_audit_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON gatehouse_audit
    FOR EACH STATEMENT EXECUTE FUNCTION gatehouse_audit_append_only();
