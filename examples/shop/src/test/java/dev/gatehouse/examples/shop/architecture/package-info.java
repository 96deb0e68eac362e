// SPDX-License-Identifier: Apache-2.0
/** The rules that keep the house a house, checked over every artifact at once: only the shop sees them all. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.examples.shop.architecture;
