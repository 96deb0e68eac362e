-- API keys, by the SHA-256 of their random part; and who acts in a session as somebody else.

CREATE TABLE gatehouse_auth_key (
    key_hash     BYTEA NOT NULL PRIMARY KEY,
    id           VARCHAR(32)   NOT NULL UNIQUE,
    account_id   VARCHAR(32)   NOT NULL REFERENCES gatehouse_auth_account (id) ON DELETE CASCADE,
    name         VARCHAR(100)  NOT NULL,
    prefix       VARCHAR(16)   NOT NULL,
    scopes       VARCHAR(1000) NOT NULL,
    factor_used  BOOLEAN       NOT NULL,
    created_at   BIGINT        NOT NULL,
    expires_at   BIGINT        NOT NULL,
    last_used_at BIGINT
);
CREATE INDEX gatehouse_auth_key_account ON gatehouse_auth_key (account_id);
CREATE INDEX gatehouse_auth_key_expires ON gatehouse_auth_key (expires_at);

ALTER TABLE gatehouse_auth_session ADD COLUMN actor VARCHAR(32);
