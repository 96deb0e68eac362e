// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.session;

import dev.gatehouse.jdbc.Tx;

/** Nobody to tell and nobody to hear. */
enum NoNews implements SessionNews {
    INSTANCE;

    @Override
    public void tell(Tx tx, String account) {}

    @Override
    public Subscription listen(Hearer hearer) {
        return () -> {};
    }
}
