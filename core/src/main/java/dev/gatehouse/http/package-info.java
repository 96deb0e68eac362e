// SPDX-License-Identifier: Apache-2.0
/** The request pipeline: exchanges, interceptors in phases, the table of routes, problems, cookies and client addresses. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.http;
