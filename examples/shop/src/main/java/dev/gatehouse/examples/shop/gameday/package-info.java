// SPDX-License-Identifier: Apache-2.0
/** The shop's game days: what is made to fail on purpose, and what customers must not notice. */
@NullMarked
package dev.gatehouse.examples.shop.gameday;

import org.jspecify.annotations.NullMarked;
