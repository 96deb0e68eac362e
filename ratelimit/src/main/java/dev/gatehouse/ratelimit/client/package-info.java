// SPDX-License-Identifier: Apache-2.0
/** The other side: how a client of a limited service learns when to come back. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.ratelimit.client;
