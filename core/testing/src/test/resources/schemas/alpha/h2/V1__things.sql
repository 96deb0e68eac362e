-- SPDX-License-Identifier: Apache-2.0
CREATE TABLE alpha_thing (id VARCHAR(40) PRIMARY KEY, note VARCHAR(80) DEFAULT '${kept}');
