-- SPDX-License-Identifier: Apache-2.0
CREATE TABLE gatehouse_audit (
    seq        BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id         VARCHAR(32)                 NOT NULL UNIQUE,
    at         TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    action     VARCHAR(200)                NOT NULL,
    actor_kind VARCHAR(16)                 NOT NULL,
    actor_id   VARCHAR(200)                NOT NULL,
    subject    VARCHAR(200),
    outcome    VARCHAR(16)                 NOT NULL,
    request_id VARCHAR(64),
    details    VARCHAR                     NOT NULL
);

CREATE INDEX gatehouse_audit_subject ON gatehouse_audit (subject, seq);
CREATE INDEX gatehouse_audit_at ON gatehouse_audit (at);

CREATE TRIGGER gatehouse_audit_append_only
    BEFORE UPDATE, DELETE ON gatehouse_audit
    FOR EACH STATEMENT CALL 'dev.gatehouse.observability.audit.AppendOnlyTrigger';
