// SPDX-License-Identifier: Apache-2.0
/** Registering, signing in and second factors over HTTP. */
@NullMarked
package dev.gatehouse.examples.shop.account;

import org.jspecify.annotations.NullMarked;
