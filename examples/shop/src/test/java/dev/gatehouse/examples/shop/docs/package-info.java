// SPDX-License-Identifier: Apache-2.0
/** What the documents show is what the examples hold. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.examples.shop.docs;
