// SPDX-License-Identifier: Apache-2.0
/** How the shop is started on a restored database and used, in a process of its own. */
@NullMarked
package dev.gatehouse.examples.shop.drill;

import org.jspecify.annotations.NullMarked;
