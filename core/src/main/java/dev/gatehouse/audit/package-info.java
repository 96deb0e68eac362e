// SPDX-License-Identifier: Apache-2.0
/** What happened, to whom and by whom: the events that gates hand to an audit log. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.audit;
