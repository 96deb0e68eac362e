// SPDX-License-Identifier: Apache-2.0
/** The pipeline in front of the JDK's own {@code HttpServer}. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.http.jdk;
