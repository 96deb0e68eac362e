// SPDX-License-Identifier: Apache-2.0
/** What operators, probes and developers call. */
@NullMarked
package dev.gatehouse.examples.shop.ops;

import org.jspecify.annotations.NullMarked;
