// SPDX-License-Identifier: Apache-2.0
/** The shop over HTTP: one handler a route, and what turns requests into values and outcomes into answers. */
@NullMarked
package dev.gatehouse.examples.shop.web;

import org.jspecify.annotations.NullMarked;
