// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.fault;

import java.io.IOException;

/** A failure that people injected on purpose. */
public final class InjectedFaultException extends IOException {

    private static final long serialVersionUID = 1L;

    InjectedFaultException(String dependency) {
        super(message(dependency));
    }

    InjectedFaultException(String dependency, Throwable cause) {
        super(message(dependency), cause);
    }

    static String message(String dependency) {
        return "injected fault: " + dependency;
    }
}
