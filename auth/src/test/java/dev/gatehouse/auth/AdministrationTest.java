// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import static dev.gatehouse.auth.World.ANN;
import static dev.gatehouse.auth.World.RIGHT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.auth.account.Account.Status;
import dev.gatehouse.auth.session.Session;
import dev.gatehouse.auth.store.AuthStore;
import dev.gatehouse.config.Secret;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class AdministrationTest {

    private final World world = new World();

    @Test
    void createsAnAdministratorOnceAndLeavesAnExistingAccountAlone() {
        assertThat(world.auth.createAdministrator(ANN, RIGHT, Set.of("admin"))).isTrue();
        assertThat(world.auth.createAdministrator(ANN, Secret.of("another long password"), Set.of()))
                .isFalse();
        assertThat(world.login(RIGHT)).isInstanceOf(Login.SignedIn.class);
        assertThat(world.auth.account(ANN).orElseThrow().roles()).containsExactly("admin");
    }

    @Test
    void refusesAnAdministratorWithAWeakPasswordOrAnUnknownRole() {
        assertThatThrownBy(() -> world.auth.createAdministrator(ANN, Secret.of("admin123"), Set.of("admin")))
                .hasMessageStartingWith("auth.administrator: password must not be a common password");
        assertThatThrownBy(() -> world.auth.createAdministrator(ANN, RIGHT, Set.of("root")))
                .hasMessage("auth.roles: root is not declared; there are admin customer operator support");
    }

    @Test
    void findsAccountsByIdAndAddress() {
        String ann = world.ann();
        assertThat(world.auth.account(ann)).isEqualTo(world.auth.account("Ann@Example.org"));
        assertThat(world.auth.account("nobody")).isEmpty();
    }

    @Test
    void saysThatThereIsNoSuchAccount() {
        world.ann();
        var session = world.session(world.signIn().session());
        assertThat(world.auth.setRoles(session, "nobody", Set.of())).isEqualTo(AccountChange.NO_SUCH_ACCOUNT);
        assertThat(world.audit.actions()).doesNotContain("auth.account.roles-changed");
    }

    @Test
    void isNotBuiltFromWrongSettingsAndSaysAllOfThem() {
        assertThatThrownBy(() -> Auth.builder()
                        .store(AuthStore.inMemory())
                        .secret(Secret.of("short"))
                        .sessionIdle(Duration.ZERO)
                        .build())
                .hasMessageContainingAll(
                        "auth.mailer: must be set",
                        "auth.service: must be the application's name",
                        "auth.secret: had 5 bytes but must have at least 32",
                        "auth.session: idle was PT0S but must be 1 second to 30 days");
    }

    @Nested
    class OfAdministratorsOneIsAlwaysLeft {

        private final String ann = world.admin("admin");
        private final Session asking = world.session(world.signIn().session());

        @Test
        void becauseNobodyDemotesThemselves() {
            assertThat(world.auth.setRoles(asking, ann, Set.of("customer"))).isEqualTo(AccountChange.REFUSED);
            assertThat(world.auth.setStatus(asking, ann, Status.DISABLED)).isEqualTo(AccountChange.REFUSED);
            assertThat(world.auth.account(ann).orElseThrow().roles()).containsExactly("admin");
        }

        @Test
        void thoughAnotherCanBeDemotedAndOneselfGetMore() {
            String boss = world.boss().account();
            assertThat(world.auth.setRoles(asking, ann, Set.of("admin", "operator")))
                    .isEqualTo(AccountChange.DONE);
            assertThat(world.auth.setRoles(asking, boss, Set.of())).isEqualTo(AccountChange.DONE);
            assertThat(world.auth.setStatus(asking, boss, Status.DISABLED)).isEqualTo(AccountChange.DONE);
        }

        @Test
        void becauseWhoWasDemotedMeanwhileDemotesNobody() {
            Session boss = world.boss();
            world.auth.setRoles(asking, boss.account(), Set.of());
            assertThat(world.auth.setRoles(boss, ann, Set.of())).isEqualTo(AccountChange.REFUSED);
        }
    }
}
