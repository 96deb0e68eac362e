-- SPDX-License-Identifier: Apache-2.0
CREATE TABLE broken_thing (id VARCHAR(40) PRIMARY KEY);
