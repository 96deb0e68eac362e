// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

/**
 * An exception that knows how it is answered: when the application lets it pass, the pipeline answers {@link #problem()}
 * instead of 500. Only what may be told stands in it; the cause goes to the log.
 */
public interface ProblemCarrier {

    /** What to answer. */
    Problem problem();
}
