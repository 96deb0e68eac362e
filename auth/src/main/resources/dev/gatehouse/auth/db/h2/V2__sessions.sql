-- Sessions end with a reason that is kept for a while, refresh tokens go by generations, and an account's epoch tells
-- which of its sessions were opened before the last change that ends them. Times are milliseconds since the epoch.
-- A seed makes tokens only together with the application's root secret.

ALTER TABLE gatehouse_auth_account ADD COLUMN epoch BIGINT DEFAULT 0 NOT NULL;

ALTER TABLE gatehouse_auth_session ADD COLUMN epoch BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE gatehouse_auth_session ADD COLUMN seed VARCHAR(43) DEFAULT '' NOT NULL;
ALTER TABLE gatehouse_auth_session ADD COLUMN generation BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE gatehouse_auth_session ADD COLUMN rotated_at BIGINT;
ALTER TABLE gatehouse_auth_session ADD COLUMN ended_at BIGINT;
ALTER TABLE gatehouse_auth_session ADD COLUMN end_reason VARCHAR(32);
CREATE INDEX gatehouse_auth_session_ended ON gatehouse_auth_session (ended_at);
