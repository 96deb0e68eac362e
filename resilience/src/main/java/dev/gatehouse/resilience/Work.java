// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

/**
 * What a guard runs. It must end soon after its thread is interrupted; what cannot be interrupted (a socket read, a JDBC
 * driver) gets its own timeout from {@link Attempt#remaining()}.
 *
 * @param <T> the answer's type
 */
@FunctionalInterface
public interface Work<T> {

    /** Does the work, on the caller's thread; never null. */
    T run(Attempt attempt) throws Exception;
}
