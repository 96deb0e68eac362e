-- SPDX-License-Identifier: Apache-2.0
-- What waits in the outbox becomes jobs of the queue, whose tables are there. A charge's key is its order, and its payload
-- the order and the address. The bytes are those of the queue's stored form 1: the version, two times, two empty texts, the
-- payload. The table stays for instances of the older release that still run; they do its work themselves.
INSERT INTO gatehouse_queue_job (task_name, task_instance, task_data, execution_time, picked, version, priority,
    enqueued_at, enqueued_by, dedup_key)
SELECT kind, id,
    '\x01'::bytea || int8send((EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000)::bigint)
        || int8send((EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000)::bigint) || '\x0000'::bytea
        || convert_to(CASE WHEN kind = 'charge' THEN id || ' ' || payload ELSE payload END, 'UTF8'),
    due_at, FALSE, 1, 50, CURRENT_TIMESTAMP, 'outbox', CASE WHEN kind = 'charge' THEN id END
FROM shop_outbox;
DELETE FROM shop_outbox;
