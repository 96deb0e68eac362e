// SPDX-License-Identifier: Apache-2.0
/** What is known of the request being served, and how it travels to other threads and other services. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.context;
