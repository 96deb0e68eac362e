-- SPDX-License-Identifier: Apache-2.0
-- Jobs that wait or run. The columns up to priority are those that db-scheduler reads and writes; the others are ours.
CREATE TABLE gatehouse_queue_job (
    task_name            VARCHAR(40) NOT NULL,
    task_instance        VARCHAR(64) NOT NULL,
    task_data            VARBINARY(300000) NOT NULL,
    execution_time       TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    picked               BOOLEAN NOT NULL,
    picked_by            VARCHAR(50),
    last_success         TIMESTAMP(6) WITH TIME ZONE,
    last_failure         TIMESTAMP(6) WITH TIME ZONE,
    consecutive_failures INT DEFAULT 0 NOT NULL,
    last_heartbeat       TIMESTAMP(6) WITH TIME ZONE,
    version              BIGINT NOT NULL,
    priority             SMALLINT NOT NULL,
    enqueued_at          TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    enqueued_by          VARCHAR(50) NOT NULL,
    dedup_key            VARCHAR(200),
    last_error           VARCHAR(500),
    PRIMARY KEY (task_name, task_instance),
    CONSTRAINT gatehouse_queue_job_once UNIQUE (task_name, dedup_key)
);
CREATE INDEX gatehouse_queue_job_due ON gatehouse_queue_job (task_name, picked, priority DESC, execution_time);
CREATE INDEX gatehouse_queue_job_heartbeat ON gatehouse_queue_job (last_heartbeat);

-- Jobs that were given up, until people retry or purge them.
CREATE TABLE gatehouse_queue_dead (
    kind        VARCHAR(40) NOT NULL,
    id          VARCHAR(64) NOT NULL,
    data        VARBINARY(300000) NOT NULL,
    priority    SMALLINT NOT NULL,
    dedup_key   VARCHAR(200),
    attempts    INT NOT NULL,
    enqueued_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    died_at     TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    reason      VARCHAR(500) NOT NULL,
    PRIMARY KEY (kind, id)
);
CREATE INDEX gatehouse_queue_dead_newest ON gatehouse_queue_dead (died_at, id);

-- One row: where the queue is at home, and whether it is held back because it may be a copy of one that lives elsewhere:
-- all of it, or what was enqueued before a moment.
CREATE TABLE gatehouse_queue_state (
    id          INT NOT NULL PRIMARY KEY CHECK (id = 1),
    home        VARCHAR(300),
    quarantined BOOLEAN NOT NULL,
    reason      VARCHAR(500),
    since       TIMESTAMP(6) WITH TIME ZONE,
    held_before TIMESTAMP(6) WITH TIME ZONE
);
INSERT INTO gatehouse_queue_state (id, quarantined) VALUES (1, FALSE);
