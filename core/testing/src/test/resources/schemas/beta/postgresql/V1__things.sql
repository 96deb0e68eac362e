-- SPDX-License-Identifier: Apache-2.0
CREATE TABLE beta_thing (id VARCHAR(40) PRIMARY KEY);
