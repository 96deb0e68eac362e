-- Features that somebody turned off, and how features changed. Times are milliseconds since the epoch.

-- until_at is null when somebody must turn the feature on again.
CREATE TABLE gatehouse_feature_switch (
    feature  VARCHAR(40)  NOT NULL PRIMARY KEY,
    actor    VARCHAR(200) NOT NULL,
    reason   VARCHAR(500) NOT NULL,
    since_at BIGINT       NOT NULL,
    until_at BIGINT
);

CREATE TABLE gatehouse_feature_history (
    id      BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at      BIGINT       NOT NULL,
    feature VARCHAR(40)  NOT NULL,
    state   VARCHAR(10)  NOT NULL,
    why     VARCHAR(500) NOT NULL,
    actor   VARCHAR(200) NOT NULL
);

-- When users were told last of a state of a feature.
CREATE TABLE gatehouse_feature_seen (
    feature VARCHAR(40) NOT NULL,
    state   VARCHAR(10) NOT NULL,
    at      BIGINT      NOT NULL,
    PRIMARY KEY (feature, state)
);
