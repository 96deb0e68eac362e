// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import static dev.gatehouse.auth.World.ANN;
import static dev.gatehouse.auth.World.RIGHT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.auth.account.Account.Status;
import dev.gatehouse.auth.store.Databases;
import dev.gatehouse.config.Secret;
import dev.gatehouse.testing.TestDatabases;
import java.time.Duration;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What databases choke on is refused like anything else that is wrong: NUL to PostgreSQL, and long text to H2. */
final class StrangeInputTest {

    private static final DataSource POSTGRESQL = Databases.migrated(TestDatabases.postgresql());
    private static final DataSource H2 = Databases.migrated(TestDatabases.h2());

    private final World world = new World(Databases.emptied(POSTGRESQL));
    private final String ann = world.ann();
    private final Secret session = world.signIn().session();

    @Test
    void noIdIsFoundThatHoldsANul() {
        String id = ann.substring(1) + "\0";
        assertThat(world.auth.account(id)).isEmpty();
        assertThat(world.auth.revoke(world.session(session), id)).isFalse();
        assertThat(world.auth.keys().revoke(world.session(session), id)).isFalse();
        assertThat(world.auth.setStatus(world.boss(), id, Status.DISABLED)).isEqualTo(AccountChange.NO_SUCH_ACCOUNT);
        assertThat(world.auth.setRoles(world.boss(), id, Set.of())).isEqualTo(AccountChange.NO_SUCH_ACCOUNT);
    }

    @Test
    void aClientMayCallItselfAnything() {
        LoginAttempt attempt = LoginAttempt.of(ANN, RIGHT).client("\0\u001b[31m" + "\ud83d\ude00".repeat(200));
        assertThat(world.auth.login(attempt)).isInstanceOf(Login.SignedIn.class);
        assertThat(world.auth.sessions(world.session(session)))
                .noneMatch(summary -> summary.client().contains("\0"));
    }

    @Test
    void aNameOfAKeyIsJudgedBeforeTheDatabaseDoes() {
        World onH2 = new World(Databases.emptied(H2));
        onH2.ann();
        String name = "\ud83d\ude00".repeat(80);
        KeyCreation answer = onH2.auth
                .keys()
                .create(onH2.signIn().session(), new KeyRequest(name, Set.of("orders:read"), Duration.ofDays(1)));
        assertThat(answer).isInstanceOf(KeyCreation.Rejected.class);
    }
}
