// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.contract;

import dev.gatehouse.ratelimit.InFlightStore;
import dev.gatehouse.ratelimit.LimitStore;
import java.time.Duration;
import org.junit.jupiter.api.Nested;

/** Every contract of stores, for one on a server that several instances share and whose clock goes on by itself. */
public abstract class ServerStoreContract {

    /** The limits as instance {@code number} of four sees them. */
    protected abstract LimitStore limits(int number);

    /** The places in flight as instance {@code number} of four sees them. */
    protected abstract InFlightStore inFlight(int number);

    /** A little longer, since the server's clock is another. */
    private static void letPassForReal(Duration time) {
        Await.passing(time.plusMillis(5));
    }

    @Nested
    class Taking extends LimitStoreContract {
        @Override
        protected LimitStore instance(int number) {
            return limits(number);
        }

        @Override
        protected void letPass(Duration time) {
            letPassForReal(time);
        }
    }

    @Nested
    class Charging extends ChargeContract {
        @Override
        protected LimitStore store() {
            return limits(0);
        }
    }

    @Nested
    class InFlight extends InFlightStoreContract {
        @Override
        protected InFlightStore instance(int number) {
            return inFlight(number);
        }

        @Override
        protected void letPass(Duration time) {
            letPassForReal(time);
        }
    }
}
