// SPDX-License-Identifier: Apache-2.0
/** API keys: how they are written, what they may do, and where they are kept. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.auth.key;
