// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.backup.ProvenBackup;
import dev.gatehouse.jdbc.Tx;
import dev.gatehouse.testing.ManualTime;
import dev.gatehouse.testing.RecordingAuditSink;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DestructiveGuardTest {

    private static final Actor ANN = Actor.account("ann");

    private final ManualTime time = new ManualTime();
    private final RecordingAuditSink audit = new RecordingAuditSink();
    private Optional<ProvenBackup> newest = Optional.empty();

    private DestructiveGuard guard() {
        return DestructiveGuard.builder(() -> newest).audit(audit).clock(time).build();
    }

    private static Optional<ProvenBackup> takenAt(Instant at) {
        return Optional.of(new ProvenBackup("b", 7, at, at, 900, true));
    }

    @Test
    void grantsWithAFreshProofAndSaysWhich() {
        newest = takenAt(time.instant().minus(Duration.ofDays(1)));
        assertThat(guard().ask("drop table", ANN)).isInstanceOf(Permission.Granted.class);
        AuditEvent event = audit.events().get(0);
        assertThat(event.action()).isEqualTo("backup.guard.granted");
        assertThat(event.actor()).isEqualTo(ANN);
        assertThat(event.details()).containsEntry("operation", "drop table");
        assertThat(event.details().get("reason")).contains("backup b");
    }

    @Test
    void refusesWhenTheProofIsTooOld() {
        newest = takenAt(time.instant().minus(Duration.ofDays(1)).minusSeconds(1));
        assertThatThrownBy(() -> guard().require("drop table", ANN))
                .isInstanceOf(DestructiveRefusedException.class)
                .hasMessageContaining("drop table is refused", "older than PT24H")
                .hasMessageContaining("drill it first");
        assertThat(audit.actions()).containsExactly("backup.guard.refused");
    }

    @Test
    void refusesWithoutAnyProof() {
        assertThat(guard().ask("drop table", ANN)).isInstanceOf(Permission.Refused.class);
    }

    @Test
    void refusesAProofOfTheFuture() {
        newest = takenAt(time.instant().plus(Duration.ofHours(1)));
        assertThat(guard().ask("drop table", ANN)).isInstanceOf(Permission.Refused.class);
    }

    @Test
    void refusesWhenTheStoreDoesNotAnswer() {
        DestructiveGuard guard = DestructiveGuard.builder(() -> {
                    throw new IOException("timeout");
                })
                .build();
        assertThat(((Permission.Refused) guard.ask("drop table", ANN)).reason()).contains("timeout");
    }

    @Test
    void isLiftedForOneOperationByNameAndTold() {
        DestructiveGuard guard = DestructiveGuard.builder(() -> newest)
                .audit(audit)
                .lift("drop table", "it is empty, ticket 12")
                .build();
        assertThat(guard.ask("drop table", ANN)).isInstanceOf(Permission.Granted.class);
        assertThat(guard.ask("drop schema", ANN)).isInstanceOf(Permission.Refused.class);
        assertThat(audit.actions()).containsExactly("backup.guard.lifted", "backup.guard.refused");
    }

    @Test
    void grantsNothingThatCannotBeAudited() {
        newest = takenAt(time.instant());
        AuditSink broken = new AuditSink() {
            @Override
            public void append(Tx tx, AuditEvent event) {
                throw new IllegalStateException("the log is full");
            }

            @Override
            public void append(AuditEvent event) {
                throw new IllegalStateException("the log is full");
            }
        };
        DestructiveGuard guard =
                DestructiveGuard.builder(() -> newest).audit(broken).clock(time).build();
        assertThatThrownBy(() -> guard.require("drop table", ANN)).hasMessage("the log is full");
    }

    @Test
    void isNotLiftedWithoutAReason() {
        assertThatThrownBy(() -> DestructiveGuard.builder(() -> newest).lift("drop table", " "))
                .hasMessageContaining("needs a reason");
    }
}
