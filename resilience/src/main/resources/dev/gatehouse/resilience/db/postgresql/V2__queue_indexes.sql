-- SPDX-License-Identifier: Apache-2.0
-- The table is often empty when statements are planned, and full when they run. So that none of them scans it whole then:
-- each has one index that fits, with no second one to be taken for it, and the table keeps its pages when it is empty, of
-- which it has some from the beginning, for of a short file the planner believes that it is read soonest.
ALTER TABLE gatehouse_queue_job
    DROP CONSTRAINT gatehouse_queue_job_pkey,
    ADD CONSTRAINT gatehouse_queue_job_pkey PRIMARY KEY (task_instance, task_name),
    DROP CONSTRAINT gatehouse_queue_job_once,
    SET (vacuum_truncate = false);
-- Partial indexes are not written to by jobs that they say nothing about.
CREATE UNIQUE INDEX gatehouse_queue_job_once ON gatehouse_queue_job (dedup_key, task_name) WHERE dedup_key IS NOT NULL;
DROP INDEX gatehouse_queue_job_due;
CREATE INDEX gatehouse_queue_job_due ON gatehouse_queue_job (task_name, priority DESC, execution_time) WHERE NOT picked;
DROP INDEX gatehouse_queue_job_heartbeat;
CREATE INDEX gatehouse_queue_job_heartbeat ON gatehouse_queue_job (last_heartbeat) WHERE last_heartbeat IS NOT NULL;

INSERT INTO gatehouse_queue_job
    (task_name, task_instance, task_data, execution_time, picked, version, priority, enqueued_at, enqueued_by)
    SELECT '', 'page-' || number, convert_to(repeat('x', 1500), 'UTF8'), now(), TRUE, 1, 0, now(), ''
    FROM generate_series(1, 400) AS number;
DELETE FROM gatehouse_queue_job WHERE task_name = '';
