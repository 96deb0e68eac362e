// SPDX-License-Identifier: Apache-2.0
/** Work that must happen after a commit: written in the caller's transaction, done at least once by a small worker. */
@NullMarked
package dev.gatehouse.examples.shop.outbox;

import org.jspecify.annotations.NullMarked;
