// SPDX-License-Identifier: Apache-2.0
/** The shop's settings: every variable with its default, and what production refuses. */
@NullMarked
package dev.gatehouse.examples.shop.config;

import org.jspecify.annotations.NullMarked;
