// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.session;

import dev.gatehouse.jdbc.Tx;

/**
 * Tells the other instances of an application that they should forget what they have cached of an account. It only makes
 * them forget sooner: without it, or while it is down, they do so within
 * {@link dev.gatehouse.auth.token.TokenCache#LONGEST}.
 */
public interface SessionNews {

    /** Tells them, if and when the transaction is committed. */
    void tell(Tx tx, String account);

    /** Hears what the others tell, until the subscription is closed. Returns at once, whether or not they can be heard. */
    Subscription listen(Hearer hearer);

    /** Tells nobody: for a single instance, and where five seconds are soon enough. */
    static SessionNews none() {
        return NoNews.INSTANCE;
    }

    /** Who hears. Called by one thread at a time; must be quick and not throw. */
    interface Hearer {

        /** Something about this account changed. */
        void changed(String account);

        /** From now on nothing is missed; anything may have been before. */
        void connected();

        /** From now on everything is missed. */
        void lost();
    }

    /** Hearing, until it is closed. */
    @FunctionalInterface
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
