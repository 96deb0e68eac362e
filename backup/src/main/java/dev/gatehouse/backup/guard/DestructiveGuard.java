// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.guard;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.backup.ProvenBackup;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Asked before a migration, a bulk delete, a truncation: grants it only when a backup that is young enough has passed a
 * drill, so that there is something to go back to. A store that does not answer proves nothing. Every answer is audited
 * before it is given, with who asked and for what; an operation whose audit fails does not run. Thread-safe.
 */
public final class DestructiveGuard {

    private static final Duration SKEW = Duration.ofMinutes(5);

    private final ProofSource proofs;
    private final Duration maximumAge;
    private final AuditSink audit;
    private final InstantSource clock;
    private final Map<String, String> lifted;

    private DestructiveGuard(Builder from) {
        this.proofs = from.proofs;
        this.maximumAge = from.maximumAge;
        this.audit = from.audit;
        this.clock = from.clock;
        this.lifted = Map.copyOf(from.lifted);
    }

    /** A guard that believes {@code proofs}. */
    public static Builder builder(ProofSource proofs) {
        return new Builder(proofs);
    }

    /** What it asks for, in words. */
    public String describe() {
        return "a backup that passed a drill, its data at most " + maximumAge + " old";
    }

    /** The operations for which it is lifted. */
    public Set<String> lifted() {
        return lifted.keySet();
    }

    /** Whether {@code operation}, a few words that name it, may run for {@code actor}. */
    public Permission ask(String operation, Actor actor) {
        Optional<String> waiver = Optional.ofNullable(lifted.get(operation));
        Permission permission = waiver.<Permission>map(
                        reason -> new Permission.Granted("the guard was lifted by name: " + reason))
                .orElseGet(() -> judge(operation));
        audit.append(event(operation, actor, permission, waiver.isPresent()));
        return permission;
    }

    /** {@link #ask}, and throws when it must not. */
    public void require(String operation, Actor actor) {
        if (ask(operation, actor) instanceof Permission.Refused refused) {
            throw new DestructiveRefusedException(refused.reason());
        }
    }

    private static AuditEvent event(String operation, Actor actor, Permission permission, boolean waived) {
        if (permission instanceof Permission.Refused refused) {
            return AuditEvent.denied("backup.guard.refused", actor, null)
                    .with("operation", operation)
                    .with("reason", refused.reason());
        }
        return AuditEvent.success(waived ? "backup.guard.lifted" : "backup.guard.granted", actor, null)
                .with("operation", operation)
                .with("reason", ((Permission.Granted) permission).reason());
    }

    private Permission judge(String operation) {
        Optional<ProvenBackup> newest;
        try {
            newest = proofs.newest();
        } catch (IOException | RuntimeException e) {
            return refused(operation, "the backups could not be asked: " + e.getMessage());
        }
        return newest.map(proven -> judge(operation, proven))
                .orElseGet(() -> refused(operation, "no backup has passed a drill"));
    }

    private Permission judge(String operation, ProvenBackup proven) {
        Instant now = clock.instant();
        Duration age = Duration.between(proven.snapshotAt(), now);
        if (age.compareTo(SKEW.negated()) < 0) {
            return refused(
                    operation, "the newest proven backup is of " + proven.snapshotAt() + ", which is yet to come");
        }
        return age.compareTo(maximumAge) <= 0
                ? new Permission.Granted("backup " + proven.backup() + " of " + proven.snapshotAt()
                        + " passed its drill at " + proven.provenAt())
                : refused(
                        operation,
                        "the newest backup that passed a drill, " + proven.backup() + ", is of " + proven.snapshotAt()
                                + ", older than " + maximumAge);
    }

    private static Permission refused(String operation, String reason) {
        return new Permission.Refused("backup.guard: " + operation + " is refused, because " + reason
                + "; make a backup and drill it first, or lift the guard for it by name");
    }

    /** Builds a {@link DestructiveGuard}. */
    public static final class Builder {

        private final ProofSource proofs;
        private Duration maximumAge = Duration.ofDays(1);
        private AuditSink audit = AuditSink.none();
        private InstantSource clock = InstantSource.system();
        private final Map<String, String> lifted = new HashMap<>();

        private Builder(ProofSource proofs) {
            this.proofs = proofs;
        }

        /** How old the data of the proven backup may be; a day by default, at least a minute. */
        public Builder maximumAge(Duration age) {
            if (age.compareTo(Duration.ofMinutes(1)) < 0) {
                throw new IllegalArgumentException(
                        "backup.guard: maximumAge was " + age + " but must be at least PT1M");
            }
            this.maximumAge = age;
            return this;
        }

        /** Where answers are told. */
        public Builder audit(AuditSink audit) {
            this.audit = audit;
            return this;
        }

        /** The wall clock. */
        public Builder clock(InstantSource clock) {
            this.clock = clock;
            return this;
        }

        /** Lets this one operation run without a proof; {@code reason} is audited each time. */
        public Builder lift(String operation, String reason) {
            if (reason.isBlank()) {
                throw new IllegalArgumentException("backup.guard: lifting it for " + operation + " needs a reason");
            }
            this.lifted.put(operation, reason);
            return this;
        }

        /** The guard. */
        public DestructiveGuard build() {
            return new DestructiveGuard(this);
        }
    }
}
