-- SPDX-License-Identifier: Apache-2.0
CREATE TABLE alpha_thing (id VARCHAR(99) PRIMARY KEY);
