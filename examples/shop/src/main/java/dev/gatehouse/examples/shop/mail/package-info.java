// SPDX-License-Identifier: Apache-2.0
/** Mails to customers: what they hold, and how a job of the queue delivers one. */
@NullMarked
package dev.gatehouse.examples.shop.mail;

import org.jspecify.annotations.NullMarked;
