// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import static dev.gatehouse.auth.World.ANN;
import static dev.gatehouse.auth.World.RIGHT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.auth.AuthMail.Kind;
import dev.gatehouse.auth.account.Account.Status;
import dev.gatehouse.auth.session.Session;
import dev.gatehouse.auth.session.SessionLimit;
import dev.gatehouse.auth.session.SessionLimit.Policy;
import dev.gatehouse.auth.store.Databases;
import dev.gatehouse.config.Secret;
import dev.gatehouse.jdbc.Tx;
import dev.gatehouse.testing.TestDatabases;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What another transaction changes between two statements of one. */
final class InBetweenTest {

    private static final DataSource SOURCE = Databases.migrated(TestDatabases.h2());

    private final CountingStore store = new CountingStore(Databases.emptied(SOURCE));
    private final World world = new World(store);
    private final String ann = world.ann();
    private final Secret session = world.signIn().session();

    /** Runs {@code change} on another thread, and to its end, just before the next verb of this name. */
    private void before(String verb, Runnable change) {
        store.before.put(
                verb,
                () -> CompletableFuture.runAsync(change)
                        .orTimeout(10, TimeUnit.SECONDS)
                        .join());
    }

    private KeyCreation createKey() {
        return world.auth.keys().create(session, new KeyRequest("k", Set.of("orders:read"), Duration.ofDays(1)));
    }

    @Test
    void aResetMailedToAnAddressThatTheAccountJustLeftIsWorthNothing() {
        world.auth.recovery().requestEmailChange(session, "new@example.org", RIGHT);
        Secret confirm = world.token(Kind.CONFIRM_EMAIL);
        before(
                "issue",
                () -> assertThat(world.auth.recovery().confirmEmailChange(confirm))
                        .isTrue());
        Secret reset = world.resetToken();
        assertThat(world.auth.recovery().resetPassword(reset, Secret.of("chosen by the former address")))
                .isEqualTo(new PasswordReset.BadToken());
    }

    @Test
    void anUnlockMailedToAnAddressThatTheAccountJustLeftIsWorthNothing() {
        world.auth.recovery().requestEmailChange(session, "new@example.org", RIGHT);
        Secret confirm = world.token(Kind.CONFIRM_EMAIL);
        before(
                "issue",
                () -> assertThat(world.auth.recovery().confirmEmailChange(confirm))
                        .isTrue());
        world.auth.recovery().requestUnlock(ANN);
        assertThat(world.auth.recovery().unlock(world.token(Kind.UNLOCK))).isEqualTo(new Unlock.BadToken());
    }

    @Test
    void anAccountThatWasJustDisabledGetsNoKey() {
        Session boss = world.boss();
        before("lock", () -> world.auth.setStatus(boss, ann, Status.DISABLED));
        assertThat(createKey()).isEqualTo(new KeyCreation.SignedOut());
        assertThat(store.<Integer>read(unit -> unit.keys().of(ann).size())).isZero();
    }

    @Test
    void anAccountThatWasJustDisabledIsNotSignedInToAndTheReasonIsAudited() {
        Session boss = world.boss();
        before("lock", () -> world.auth.setStatus(boss, ann, Status.DISABLED));
        assertThat(world.login(RIGHT)).isEqualTo(new Login.Denied());
        assertThat(world.audit.events())
                .filteredOn(event -> event.action().equals("auth.login.failed"))
                .extracting(AuditEvent::details)
                .containsExactly(Map.of("reason", "disabled"));
    }

    @Test
    void aFullAccountIsAuditedOverTheSameConnection() {
        List<String> alone = new CopyOnWriteArrayList<>();
        AuditSink sink = new AuditSink() {
            @Override
            public void append(Tx tx, AuditEvent event) {}

            @Override
            public void append(AuditEvent event) {
                alone.add(event.action());
            }
        };
        SessionLimit one = new SessionLimit(1, Policy.REFUSE_NEW);
        World full = new World(store, builder -> builder.audit(sink).sessionLimit(one));
        assertThat(full.login(RIGHT)).isEqualTo(new Login.Denied());
        assertThat(alone).isEmpty();
    }

    @Test
    void aKeyLocksTheAccountBeforeItsSession() {
        world.time.advance(Duration.ofMinutes(2));
        store.calls.clear();
        createKey();
        assertThat(store.calls.subList(store.calls.lastIndexOf("transact"), store.calls.size()))
                .contains("lock")
                .doesNotContain("touch");
    }
}
