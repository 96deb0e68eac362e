-- SPDX-License-Identifier: Apache-2.0
CREATE TABLE broken_half (id VARCHAR(40) PRIMARY KEY);
ALTER TABLE no_such_table ADD COLUMN colour VARCHAR(20);
