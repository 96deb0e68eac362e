// SPDX-License-Identifier: Apache-2.0
/** What the shop sells, and finding it when the search provider cannot. */
@NullMarked
package dev.gatehouse.examples.shop.catalogue;

import org.jspecify.annotations.NullMarked;
