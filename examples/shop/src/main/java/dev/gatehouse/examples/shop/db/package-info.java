// SPDX-License-Identifier: Apache-2.0
/** The shop's database: opened, migrated, and made to fail on purpose. */
@NullMarked
package dev.gatehouse.examples.shop.db;

import org.jspecify.annotations.NullMarked;
