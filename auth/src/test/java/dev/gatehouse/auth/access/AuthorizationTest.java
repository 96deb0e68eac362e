// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.auth.access.Decision.Allowed;
import dev.gatehouse.auth.access.Decision.Denied;
import dev.gatehouse.auth.access.Decision.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class AuthorizationTest {

    private final List<Denied> told = new ArrayList<>();
    private final Authorization ann =
            Authorization.of("ann", Set.of("orders:read"), Set.of("orders:refund-any"), told::add);

    private void isDenied(Decision decision, Reason reason) {
        assertThat(decision).isInstanceOfSatisfying(Denied.class, denied -> {
            assertThat(denied.reason()).isEqualTo(reason);
            assertThat(told).endsWith(denied);
        });
        assertThat(decision.isAllowed()).isFalse();
    }

    @Test
    void allowsWhatIsGrantedOnWhatIsOnesOwnAndTellsNobody() {
        assertThat(ann.require("orders:read").on("ann")).isEqualTo(new Allowed("ann", "orders:read", "ann"));
        assertThat(told).isEmpty();
    }

    @Test
    void deniesWhatIsAnothersAndNamesAllThree() {
        assertThat(ann.require("orders:read").on("bob"))
                .isEqualTo(new Denied("ann", "orders:read", "bob", Reason.NOT_OWNER));
        assertThat(told).hasSize(1);
    }

    @Test
    void deniesWhatNoRoleGrantsOnOnesOwnToo() {
        isDenied(ann.require("orders:delete").on("ann"), Reason.NOT_GRANTED);
    }

    @Test
    void reachesOthersByThePermissionThatIsNamedForIt() {
        Authorization staff = Authorization.of("sam", Set.of("orders:read-any"), Set.of(), told::add);
        assertThat(staff.require("orders:read").orOfOthers("orders:read-any").on("ann"))
                .isEqualTo(new Allowed("sam", "orders:read-any", "ann"));
        isDenied(staff.require("orders:read").orOfOthers("orders:read-any").on("sam"), Reason.NOT_GRANTED);
        isDenied(ann.require("orders:read").orOfOthers("orders:read-any").on("bob"), Reason.NOT_GRANTED);
    }

    @Test
    void saysWhenAFactorIsMissing() {
        isDenied(ann.require("orders:refund").orOfOthers("orders:refund-any").on("bob"), Reason.FACTOR_NEEDED);
    }

    @Test
    void reachesAcrossTenantsByNothing() {
        Authorization staff = Authorization.of("sam", Set.of("read", "read-any"), Set.of(), told::add);
        Authorization.Demand north = staff.in("north").require("read").orOfOthers("read-any");
        assertThat(north.on(Resource.of("ann").in("north")).isAllowed()).isTrue();
        isDenied(north.on(Resource.of("ann").in("south")), Reason.OTHER_TENANT);
        isDenied(north.on(Resource.of("sam").in("south")), Reason.OTHER_TENANT);
    }

    @Test
    void deniesWhenOnlyOneSideNamesATenant() {
        isDenied(ann.in("north").require("orders:read").on("ann"), Reason.OTHER_TENANT);
        isDenied(ann.require("orders:read").on(Resource.of("ann").in("north")), Reason.OTHER_TENANT);
    }

    @Test
    void deniesAStrangerEverything() {
        Authorization stranger = Authorization.ofStranger(told::add);
        isDenied(stranger.require("orders:read").on("ann"), Reason.NOT_SIGNED_IN);
        isDenied(stranger.in("north").require("x").on(Resource.of("ann").in("north")), Reason.NOT_SIGNED_IN);
    }

    @Test
    void refusesNamelessAccountsOwnersAndTenants() {
        assertThatIllegalArgumentException().isThrownBy(() -> Authorization.of("", Set.of(), Set.of(), told::add));
        assertThatIllegalArgumentException().isThrownBy(() -> Resource.of(""));
        assertThatIllegalArgumentException().isThrownBy(() -> Resource.of("ann").in(""));
        assertThatIllegalArgumentException().isThrownBy(() -> ann.in(""));
    }
}
