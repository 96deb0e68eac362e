-- SPDX-License-Identifier: Apache-2.0
ALTER TABLE alpha_thing ADD COLUMN colour VARCHAR(20);
