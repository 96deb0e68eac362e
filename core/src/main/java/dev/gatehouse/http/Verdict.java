// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

/** What an interceptor decides: let the exchange proceed, or answer it with a problem. */
public sealed interface Verdict {

    /** Let the exchange proceed to the next interceptor. */
    static Verdict proceed() {
        return Proceed.INSTANCE;
    }

    /** End the exchange with {@code problem}; the application does not run. */
    static Verdict answer(Problem problem) {
        return new Answer(problem);
    }

    /** The exchange proceeds. */
    enum Proceed implements Verdict {
        /** The only one. */
        INSTANCE
    }

    /**
     * The exchange ends here.
     *
     * @param problem what is answered
     */
    record Answer(Problem problem) implements Verdict {}
}
