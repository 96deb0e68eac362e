// SPDX-License-Identifier: Apache-2.0
/** Reading the JSON that the shop and its providers write to each other and to their own files. */
@NullMarked
package dev.gatehouse.examples.shop.json;

import org.jspecify.annotations.NullMarked;
