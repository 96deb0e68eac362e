// SPDX-License-Identifier: Apache-2.0
/** The providers the shop depends on, payments, search and mail: HTTP servers on sockets of their own, so that slowness and failure are real. */
@NullMarked
package dev.gatehouse.examples.shop.provider;

import org.jspecify.annotations.NullMarked;
