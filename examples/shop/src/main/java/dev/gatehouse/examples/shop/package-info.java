// SPDX-License-Identifier: Apache-2.0
/** Corner Shop: the demo application that wires every gate. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.examples.shop;
