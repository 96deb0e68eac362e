-- SPDX-License-Identifier: Apache-2.0
CREATE TABLE shop_order (
    id         VARCHAR(40) NOT NULL PRIMARY KEY,
    account    VARCHAR(64) NOT NULL,
    state      VARCHAR(20) NOT NULL CHECK (state IN ('payment-pending', 'paid', 'declined')),
    card       VARCHAR(20) NOT NULL,
    total      BIGINT NOT NULL CHECK (total > 0),
    currency   CHAR(3) NOT NULL,
    created_at TIMESTAMP(6) WITH TIME ZONE NOT NULL
);
CREATE INDEX shop_order_of_account ON shop_order (account, created_at, id);

CREATE TABLE shop_order_line (
    order_id VARCHAR(40) NOT NULL REFERENCES shop_order (id),
    line     INT NOT NULL,
    sku      VARCHAR(40) NOT NULL,
    quantity INT NOT NULL CHECK (quantity BETWEEN 1 AND 99),
    price    BIGINT NOT NULL,
    PRIMARY KEY (order_id, line)
);

-- One row a key and account. The answer is a function of the order, so only the state it told is kept; null while running.
CREATE TABLE shop_idempotency (
    account      VARCHAR(64) NOT NULL,
    request_key  VARCHAR(255) NOT NULL,
    body_hash    VARCHAR(64) NOT NULL,
    order_id     VARCHAR(40) NOT NULL,
    answer       VARCHAR(20),
    created_at   TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    running_till TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    PRIMARY KEY (account, request_key)
);
CREATE INDEX shop_idempotency_by_age ON shop_idempotency (created_at);

CREATE TABLE shop_outbox (
    kind     VARCHAR(20) NOT NULL,
    id       VARCHAR(64) NOT NULL,
    payload  VARCHAR(16000) NOT NULL,
    attempts INT NOT NULL,
    due_at   TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    PRIMARY KEY (kind, id)
);
CREATE INDEX shop_outbox_due ON shop_outbox (kind, due_at);
