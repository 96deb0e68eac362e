// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import org.jspecify.annotations.Nullable;

/**
 * How an exchange ended.
 *
 * @param status the response's status code
 * @param elapsedNanos from the first interceptor to the true end, asynchronous work included
 * @param error what the application or an interceptor threw, if anything
 */
public record Completion(
        int status, long elapsedNanos, @Nullable Throwable error) {}
