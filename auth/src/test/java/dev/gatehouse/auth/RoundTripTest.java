// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.auth.session.Session;
import dev.gatehouse.auth.store.AuthStore;
import dev.gatehouse.auth.store.Databases;
import dev.gatehouse.config.Secret;
import dev.gatehouse.testing.TestDatabases;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How often a request makes the database be asked. */
final class RoundTripTest {

    private static final DataSource SOURCE = Databases.migrated(TestDatabases.postgresql());

    private final StatementCount count = new StatementCount();
    private World world = new World();

    @BeforeEach
    void open() {
        Databases.emptied(SOURCE);
        world = new World(AuthStore.jdbc(count.over(SOURCE)));
        world.ann();
    }

    @Test
    void aSessionThatIsNotCachedIsFoundInOne() {
        Secret token = world.signIn().session();
        count.calls.clear();
        assertThat(world.auth.session(token)).isPresent();
        assertThat(count.calls).hasSize(1);
    }

    @Test
    void aSessionThatIsCachedIsFoundInNone() {
        Secret token = world.signIn().session();
        Optional<Session> first = world.auth.session(token);
        count.calls.clear();
        assertThat(world.auth.session(token)).isEqualTo(first);
        assertThat(count.calls).isEmpty();
    }

    @Test
    void itsUseIsNotedInAnotherOnceAMinute() {
        Secret token = world.signIn().session();
        world.time.advance(Duration.ofMinutes(1));
        count.calls.clear();
        world.auth.sessionNow(token);
        assertThat(count.calls).hasSize(2);
        world.auth.sessionNow(token);
        assertThat(count.calls).hasSize(3);
    }

    @Test
    void anUnknownTokenIsLookedForInOneAndWhatIsNoTokenInNone() {
        count.calls.clear();
        assertThat(world.auth.session(Secret.of("u".repeat(43)))).isEmpty();
        assertThat(count.calls).hasSize(1);
        assertThat(world.auth.session(Secret.of("not shaped like a token"))).isEmpty();
        assertThat(count.calls).hasSize(1);
    }
}
