// SPDX-License-Identifier: Apache-2.0
/** Sessions: opaque tokens, idle and absolute timeouts, and a short-lived cache in front of the store. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.auth.session;
