-- Accounts, sessions, tickets, attempts and second factors. Times are milliseconds since the epoch.
-- Tokens are here only as SHA-256, recovery codes and attempt keys as HMAC, generator secrets encrypted.

CREATE TABLE gatehouse_auth_account (
    id            VARCHAR(32)   NOT NULL PRIMARY KEY,
    email         VARCHAR(254)  NOT NULL,
    email_key     VARCHAR(254)  NOT NULL UNIQUE,
    password_hash VARCHAR(255)  NOT NULL CHECK (password_hash <> ''),
    status        VARCHAR(16)   NOT NULL,
    roles         VARCHAR(1000) NOT NULL,
    created_at    BIGINT        NOT NULL
);

CREATE TABLE gatehouse_auth_session (
    token_hash   VARBINARY(32) NOT NULL PRIMARY KEY,
    id           VARCHAR(32)   NOT NULL UNIQUE,
    account_id   VARCHAR(32)   NOT NULL REFERENCES gatehouse_auth_account (id) ON DELETE CASCADE,
    signed_in_at BIGINT        NOT NULL,
    last_seen_at BIGINT        NOT NULL,
    ends_at      BIGINT        NOT NULL,
    factor_at    BIGINT,
    client       VARCHAR(200)  NOT NULL
);
CREATE INDEX gatehouse_auth_session_account ON gatehouse_auth_session (account_id);
CREATE INDEX gatehouse_auth_session_ends ON gatehouse_auth_session (ends_at);
CREATE INDEX gatehouse_auth_session_seen ON gatehouse_auth_session (last_seen_at);

CREATE TABLE gatehouse_auth_ticket (
    token_hash VARBINARY(32) NOT NULL PRIMARY KEY,
    purpose    VARCHAR(32)   NOT NULL,
    subject    VARCHAR(254)  NOT NULL,
    email      VARCHAR(254)  NOT NULL,
    payload    VARCHAR(255)  NOT NULL,
    attempts   INTEGER       NOT NULL,
    expires_at BIGINT        NOT NULL
);
CREATE INDEX gatehouse_auth_ticket_subject ON gatehouse_auth_ticket (subject, purpose);
CREATE INDEX gatehouse_auth_ticket_expires ON gatehouse_auth_ticket (expires_at);

CREATE TABLE gatehouse_auth_attempt (
    id         VARCHAR(80)   NOT NULL PRIMARY KEY,
    log        VARCHAR(2000) NOT NULL,
    version    BIGINT        NOT NULL,
    expires_at BIGINT        NOT NULL
);
CREATE INDEX gatehouse_auth_attempt_expires ON gatehouse_auth_attempt (expires_at);

CREATE TABLE gatehouse_auth_generator (
    account_id    VARCHAR(32) NOT NULL PRIMARY KEY REFERENCES gatehouse_auth_account (id) ON DELETE CASCADE,
    confirmed     VARCHAR(255),
    offered       VARCHAR(255),
    offered_until BIGINT,
    last_step     BIGINT      NOT NULL
);

CREATE TABLE gatehouse_auth_recovery_code (
    account_id VARCHAR(32) NOT NULL REFERENCES gatehouse_auth_account (id) ON DELETE CASCADE,
    code_hash  VARCHAR(64) NOT NULL,
    PRIMARY KEY (account_id, code_hash)
);
