// SPDX-License-Identifier: Apache-2.0
/** Orders: placed once, durable before they are answered, paid exactly once. */
@NullMarked
package dev.gatehouse.examples.shop.order;

import org.jspecify.annotations.NullMarked;
