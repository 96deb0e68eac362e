// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.factor;

/**
 * How one kind of second factor is verified. What enrolling one takes differs from kind to kind and is not part of it. A
 * new kind is a value of {@link FactorKind}, one of these, and its verbs in {@link FactorStore}.
 */
interface FactorMethod {

    /** Which kind. */
    FactorKind kind();

    /** Whether the account has one that can be used. */
    boolean isEnrolled(FactorStore store, String account);

    /** Whether the response is right; being right uses it up, so that nobody can give it again. */
    boolean use(FactorStore store, FactorResponse response);
}
