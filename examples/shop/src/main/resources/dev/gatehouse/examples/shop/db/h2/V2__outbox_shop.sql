-- SPDX-License-Identifier: Apache-2.0
-- The instance that wrote the message, which the others leave it to for a moment.
ALTER TABLE shop_outbox ADD COLUMN shop VARCHAR(40) DEFAULT '' NOT NULL;
