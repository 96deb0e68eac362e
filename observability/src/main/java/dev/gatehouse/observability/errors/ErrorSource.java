// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.errors;

/** Where an unhandled error was captured. */
public enum ErrorSource {
    /** While a request was served. */
    REQUEST,
    /** In a thread that it ended. */
    THREAD,
    /** In a user's browser. */
    BROWSER
}
