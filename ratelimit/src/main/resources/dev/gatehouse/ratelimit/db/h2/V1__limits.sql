-- Requests for higher limits and what was granted. Times are milliseconds since the epoch.

-- open_key is the account and the limit while the request waits for an answer, and null afterwards: one waits at a time.
CREATE TABLE gatehouse_ratelimit_request (
    id            VARCHAR(32)  NOT NULL PRIMARY KEY,
    account       VARCHAR(128) NOT NULL,
    limit_name    VARCHAR(40)  NOT NULL,
    wanted        BIGINT       NOT NULL,
    reason        VARCHAR(500) NOT NULL,
    asked_at      BIGINT       NOT NULL,
    open_key      VARCHAR(169) UNIQUE,
    granted       BIGINT,
    granted_until BIGINT,
    answered_at   BIGINT,
    answered_by   VARCHAR(200),
    remark        VARCHAR(500)
);
CREATE INDEX gatehouse_ratelimit_request_asked ON gatehouse_ratelimit_request (asked_at);
CREATE INDEX gatehouse_ratelimit_request_answered ON gatehouse_ratelimit_request (answered_at);

-- version is the number of the change that wrote the row last: an instance reads what came after the last it knows.
CREATE TABLE gatehouse_ratelimit_grant (
    account    VARCHAR(128) NOT NULL,
    limit_name VARCHAR(40)  NOT NULL,
    permits    BIGINT       NOT NULL,
    until      BIGINT       NOT NULL,
    version    BIGINT       NOT NULL,
    PRIMARY KEY (account, limit_name)
);
CREATE INDEX gatehouse_ratelimit_grant_version ON gatehouse_ratelimit_grant (version);
CREATE INDEX gatehouse_ratelimit_grant_until ON gatehouse_ratelimit_grant (until);

-- One row. Whoever changes a grant changes it first and holds it to the end, so that changes become visible in order.
CREATE TABLE gatehouse_ratelimit_version (
    id      SMALLINT NOT NULL PRIMARY KEY CHECK (id = 1),
    version BIGINT   NOT NULL
);
INSERT INTO gatehouse_ratelimit_version (id, version) VALUES (1, 0);
