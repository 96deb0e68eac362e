// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.fault;

/** Nobody allowed faults here. */
public final class FaultsRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    FaultsRefusedException() {
        super("resilience.faults: refused here, for nobody allowed them by name");
    }
}
