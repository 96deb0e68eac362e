// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.fleet;

import static dev.gatehouse.ratelimit.fleet.Fleet.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.ratelimit.InFlightLimit;
import dev.gatehouse.ratelimit.InFlightStore;
import dev.gatehouse.ratelimit.InFlightStore.Permit;
import dev.gatehouse.ratelimit.MemoryInFlightStore;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FleetInFlightTest {

    private static final InFlightLimit EIGHT = new InFlightLimit("eight", 8, Duration.ofMinutes(1));

    private final Fleet fleet = new Fleet();
    private final MemoryInFlightStore shared = new MemoryInFlightStore(fleet.time, 100);
    private final InFlightStore store = fleet.store.inFlight(shared);

    private int acquired(int requests) {
        int held = 0;
        for (int i = 0; i < requests; i++) {
            held += store.acquire(KEY, EIGHT) instanceof Permit.Held ? 1 : 0;
        }
        return held;
    }

    @Test
    void theSharedStoreGivesWhileItAnswers() {
        assertThat(acquired(20)).isEqualTo(8);
        assertThat(shared.held()).isEqualTo(8);
    }

    @Test
    void eachInstanceGivesItsShareWhileItDoesNot() {
        fleet.giveUp();

        assertThat(acquired(20)).isEqualTo(2);
        assertThat(shared.held()).isZero();
    }

    @Test
    void aPermitGoesBackToWhereItCameFromHoweverThingsAreThen() {
        Permit.Held fromStore = (Permit.Held) store.acquire(KEY, EIGHT);
        fleet.giveUp();
        Permit.Held fromShare = (Permit.Held) store.acquire(KEY, EIGHT);
        assertThat(store.renew(fromShare)).isTrue();
        fleet.comeBack();

        assertThat(store.renew(fromShare)).isTrue();
        store.release(fromShare);
        assertThat(store.renew(fromShare)).isFalse();
        assertThat(shared.held()).isEqualTo(1);
        store.release(fromStore);
        assertThat(shared.held()).isZero();
    }

    @Test
    void whatCouldNotBeGivenBackIsGivenBackWhenTheStoreIsAskedNext() {
        Permit.Held first = (Permit.Held) store.acquire(KEY, EIGHT);
        Permit.Held second = (Permit.Held) store.acquire(KEY, EIGHT);
        fleet.giveUp();
        store.release(first);
        store.release(second);
        fleet.comeBack();
        assertThat(shared.held()).isEqualTo(2);

        assertThat(acquired(2)).isEqualTo(2);
        assertThat(shared.held()).isEqualTo(2);
    }

    @Test
    void workGoesOnWhoseLeaseCannotBeRenewed() {
        Permit.Held fromStore = (Permit.Held) store.acquire(KEY, EIGHT);
        fleet.giveUp();

        assertThat(store.renew(fromStore)).isTrue();
        store.release(fromStore);
        assertThat(shared.held()).isEqualTo(1);
        fleet.time.advance(Duration.ofMinutes(1));
        fleet.comeBack();
        assertThat(acquired(20)).isEqualTo(8);
    }
}
