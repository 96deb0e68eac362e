// SPDX-License-Identifier: Apache-2.0
/** The pages for people, and what a person sees when something goes wrong. */
@NullMarked
package dev.gatehouse.examples.shop.page;

import org.jspecify.annotations.NullMarked;
