// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.higher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.insight.ChangeSink;
import dev.gatehouse.jdbc.Tx;
import dev.gatehouse.ratelimit.Decision;
import dev.gatehouse.ratelimit.Limit;
import dev.gatehouse.ratelimit.LimitStatus;
import dev.gatehouse.ratelimit.RateLimiter;
import dev.gatehouse.ratelimit.RateLimits;
import dev.gatehouse.ratelimit.StandardLimits;
import dev.gatehouse.readiness.Finding;
import dev.gatehouse.testing.ManualTime;
import dev.gatehouse.testing.RecordingAuditSink;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class HigherLimitsTest {

    private static final Actor OPERATOR = Actor.account("olga");
    private static final Duration DAY = Duration.ofDays(1);

    private final ManualTime time = new ManualTime();
    private final HigherLimitStore store = HigherLimitStore.inMemory();
    private final RecordingAuditSink audit = new RecordingAuditSink();
    private final List<ChangeSink.Change> changes = new ArrayList<>();
    private final HigherLimits higher = instance().build();
    private final RateLimits limits = limits(higher);

    private HigherLimitsBuilder instance() {
        return HigherLimits.builder(store)
                .raisable(StandardLimits.ACCOUNT, 10_000)
                .audit(audit)
                .changes(changes::add)
                .clock(time)
                .ticker(time);
    }

    private RateLimits limits(HigherLimits overrides) {
        return RateLimits.builder(RateLimiter.builder().ticker(time).build())
                .overrides(overrides)
                .build();
    }

    private String ask(String account) {
        Asked asked = higher.request(account, "account", 500, "Black Friday");
        assertThat(asked).isInstanceOf(Asked.Filed.class);
        return ((Asked.Filed) asked).request().id();
    }

    private static Ruled.Done done(Ruled ruled) {
        assertThat(ruled).isInstanceOf(Ruled.Done.class);
        return (Ruled.Done) ruled;
    }

    private static long limit(RateLimits seen, String account) {
        return seen.statusOf(account).get(0).limit();
    }

    @Test
    void needsALimitThatMayBeRaised() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HigherLimits.builder(store).build())
                .withMessage("ratelimit.higher: raisable was nothing but must be at least one limit");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HigherLimits.builder(store).raisable(StandardLimits.ACCOUNT, 100))
                .withMessage("ratelimit.higher.account: most was 100 but must be above 100, what everybody has");
    }

    @Nested
    class Asking {

        @Test
        void waitsAndIsAudited() {
            String id = ask("ada");

            assertThat(higher.requests(10)).extracting(LimitRequest::id).containsExactly(id);
            assertThat(higher.requests(10).get(0).status()).isEqualTo(LimitRequest.Status.PENDING);
            AuditEvent event = audit.events().get(0);
            assertThat(event.action()).isEqualTo("limit.requested");
            assertThat(event.actor()).isEqualTo(Actor.account("ada"));
            assertThat(event.details())
                    .containsEntry("wanted", "500")
                    .containsEntry("reason", "Black Friday")
                    .containsEntry("request", id);
        }

        @Test
        void againWhileItWaitsKeepsTheFirst() {
            String id = ask("ada");

            Asked again = higher.request("ada", "account", 900, "more");

            assertThat(again).isInstanceOf(Asked.AlreadyPending.class);
            assertThat(((Asked.AlreadyPending) again).request().id()).isEqualTo(id);
            assertThat(audit.actions()).containsExactly("limit.requested");
        }

        @Test
        void refusesWhatIsNoRequest() {
            assertThat(higher.request("ada", "nope", 500, "x"))
                    .isEqualTo(new Asked.Invalid("limit", "must be one of [account]"));
            assertThat(higher.request("ada", "account", 100, "x"))
                    .isEqualTo(new Asked.Invalid("wanted", "must be above 100 and at most 10000"));
            assertThat(higher.request("ada", "account", 10_001, "x")).isInstanceOf(Asked.Invalid.class);
            assertThat(higher.request("ada", "account", 500, " "))
                    .isEqualTo(new Asked.Invalid("reason", "must not be blank"));
            assertThat(higher.request("ada", "account", 500, "x".repeat(501))).isInstanceOf(Asked.Invalid.class);
            assertThat(higher.request("ada", "account", 500, "a\u0000b")).isInstanceOf(Asked.Invalid.class);
            assertThat(higher.requests(10)).isEmpty();
        }

        @Test
        void isBounded() {
            HigherLimits small = instance().maxWaiting(1).build();
            small.request("ada", "account", 500, "x");

            assertThat(small.request("bob", "account", 500, "x")).isEqualTo(new Asked.TooMany());
        }
    }

    @Nested
    class Granting {

        @Test
        void holdsAtOnceAndUntilItEnds() {
            Ruled.Done done = done(higher.grant(ask("ada"), 400, DAY, OPERATOR, "good customer"));

            assertThat(done.request().status()).isEqualTo(LimitRequest.Status.GRANTED);
            assertThat(limits.statusOf("ada")).containsExactly(new LimitStatus("account", 400, 60, 400, 0));
            assertThat(limit(limits, "bob")).isEqualTo(100);
            time.advance(DAY);
            assertThat(limit(limits, "ada")).isEqualTo(100);
            assertThat(higher.grants("ada")).isEmpty();
        }

        @Test
        void countsForDecisions() {
            higher.grant(ask("ada"), 400, DAY, OPERATOR, "");

            assertThat(limits.takeAccount("ada", limits.group("default").orElseThrow(), 400))
                    .isInstanceOf(Decision.Allowed.class);
            assertThat(limits.takeAccount("ada", limits.group("default").orElseThrow(), 1))
                    .isInstanceOf(Decision.Refused.class);
        }

        @Test
        void isAuditedWithActorAndReason() {
            higher.grant(ask("ada"), 400, DAY, OPERATOR, "good customer");

            AuditEvent event = audit.events().get(1);
            assertThat(event.action()).isEqualTo("limit.granted");
            assertThat(event.actor()).isEqualTo(OPERATOR);
            assertThat(event.subjectId()).isEqualTo("ada");
            assertThat(event.details())
                    .containsEntry("granted", "400")
                    .containsEntry("remark", "good customer")
                    .containsKey("until");
        }

        @Test
        void isToldAsAChange() {
            higher.grant(ask("ada"), 400, DAY, OPERATOR, "");

            assertThat(changes)
                    .containsExactly(new ChangeSink.Change(
                            "grant",
                            "The limit 'account' of account ada is 400 until "
                                    + time.instant().plus(DAY),
                            OPERATOR));
        }

        @Test
        void twiceKeepsTheFirst() {
            String id = ask("ada");
            higher.grant(id, 400, DAY, OPERATOR, "");

            assertThat(higher.grant(id, 900, DAY, OPERATOR, "")).isInstanceOf(Ruled.AlreadyAnswered.class);
            assertThat(higher.refuse(id, OPERATOR, "")).isInstanceOf(Ruled.AlreadyAnswered.class);
            assertThat(limit(limits, "ada")).isEqualTo(400);
            assertThat(audit.actions()).containsExactly("limit.requested", "limit.granted");
        }

        @Test
        void refusesWhatIsNoAnswer() {
            String id = ask("ada");

            assertThat(higher.grant("nope", 400, DAY, OPERATOR, "")).isEqualTo(new Ruled.Unknown());
            assertThat(higher.grant(id, 100, DAY, OPERATOR, ""))
                    .isEqualTo(new Ruled.Invalid("granted", "must be above 100 and at most 10000"));
            assertThat(higher.grant(id, 400, Duration.ZERO, OPERATOR, ""))
                    .isEqualTo(new Ruled.Invalid("days", "must be 1 second to 366 days"));
            assertThat(higher.grant(id, 400, DAY, OPERATOR, "x".repeat(501))).isInstanceOf(Ruled.Invalid.class);
            assertThat(higher.requests(1).get(0).status()).isEqualTo(LimitRequest.Status.PENDING);
        }

        @Test
        void isBoundedAndThenTheRequestWaits() {
            HigherLimits small = instance().maxGrants(1).build();
            small.grant(ask("ada"), 400, DAY, OPERATOR, "");
            String bob = ask("bob");

            assertThat(small.grant(bob, 400, DAY, OPERATOR, "")).isEqualTo(new Ruled.TooMany());
            assertThat(higher.requests(1).get(0).status()).isEqualTo(LimitRequest.Status.PENDING);
            assertThat(limit(limits(small), "bob")).isEqualTo(100);
            assertThat(audit.actions()).doesNotContainSequence("limit.granted", "limit.granted");
        }

        @Test
        void isUndoneWhenItCannotBeAudited() {
            HigherLimits unaudited = instance().audit(new FailingAudit()).build();
            String id = ask("ada");

            assertThatIllegalStateException().isThrownBy(() -> unaudited.grant(id, 400, DAY, OPERATOR, ""));
            assertThat(higher.requests(1).get(0).status()).isEqualTo(LimitRequest.Status.PENDING);
            assertThat(limit(limits(unaudited), "ada")).isEqualTo(100);
        }

        @Test
        void neverLowersALimitThatWasRaisedForEverybody() {
            higher.grant(ask("ada"), 400, DAY, OPERATOR, "");

            assertThat(higher.of("ada", Limit.perMinute("account", 1_000)).permits())
                    .isEqualTo(1_000);
        }
    }

    @Test
    void refusingKeepsTheLimit() {
        String id = ask("ada");

        assertThat(done(higher.refuse(id, OPERATOR, "no contract")).request().status())
                .isEqualTo(LimitRequest.Status.REFUSED);
        assertThat(limit(limits, "ada")).isEqualTo(100);
        assertThat(audit.actions()).containsExactly("limit.requested", "limit.refused");
    }

    @Nested
    class Withdrawing {

        @Test
        void endsAGrantAtOnce() {
            higher.grant(ask("ada"), 400, DAY, OPERATOR, "");

            Optional<LimitGrant> ended = higher.withdraw("ada", "account", OPERATOR, "abused");

            assertThat(ended).map(LimitGrant::permits).contains(400L);
            assertThat(limit(limits, "ada")).isEqualTo(100);
            assertThat(audit.actions()).endsWith("limit.withdrawn");
            assertThat(changes).hasSize(2);
        }

        @Test
        void ofNothingDoesNothing() {
            assertThat(higher.withdraw("ada", "account", OPERATOR, "")).isEmpty();
            assertThat(audit.actions()).isEmpty();
        }
    }

    @Nested
    class OnAnotherInstance {

        private final HigherLimits other = instance().build();
        private final RateLimits there = limits(other);

        @Test
        void arrivesWithTheNextLook() {
            higher.grant(ask("ada"), 400, DAY, OPERATOR, "");
            assertThat(limit(there, "ada")).isEqualTo(100);

            other.refresh();
            assertThat(limit(there, "ada")).isEqualTo(400);

            higher.withdraw("ada", "account", OPERATOR, "");
            other.refresh();
            assertThat(limit(there, "ada")).isEqualTo(100);
        }

        @Test
        void staysAsItIsWhileNothingChanges() {
            higher.grant(ask("ada"), 400, DAY, OPERATOR, "");
            other.refresh();
            other.refresh();

            assertThat(limit(there, "ada")).isEqualTo(400);
        }

        @Test
        void followsADatabaseThatWasRestored() {
            higher.grant(ask("ada"), 400, DAY, OPERATOR, "");
            higher.grant(ask("bob"), 400, DAY, OPERATOR, "");
            HigherLimitStore earlier = HigherLimitStore.inMemory();
            earlier.transact(unit -> {
                unit.put(new LimitGrant("bob", "account", 300, time.instant().plus(DAY)));
                return unit;
            });
            SwitchedStore switched = new SwitchedStore(store);
            HigherLimits restored = HigherLimits.builder(switched)
                    .raisable(StandardLimits.ACCOUNT, 10_000)
                    .clock(time)
                    .ticker(time)
                    .build();
            restored.refresh();
            switched.store = earlier;
            restored.refresh();

            assertThat(restored.grants("ada")).isEmpty();
            assertThat(limit(limits(restored), "bob")).isEqualTo(300);
        }
    }

    @Nested
    class WhileTheStoreIsDown {

        @Test
        void whatIsKnownHoldsAndFailuresAreCounted() {
            SimpleMeterRegistry meters = new SimpleMeterRegistry();
            SwitchedStore switched = new SwitchedStore(store);
            HigherLimits there = HigherLimits.builder(switched)
                    .raisable(StandardLimits.ACCOUNT, 10_000)
                    .clock(time)
                    .ticker(time)
                    .meters(meters)
                    .build();
            higher.grant(ask("ada"), 400, DAY, OPERATOR, "");
            there.refresh();
            switched.down = true;

            assertThat(org.assertj.core.api.Assertions.catchThrowable(there::refresh))
                    .isInstanceOf(HigherLimitStoreException.class);
            assertThat(limit(limits(there), "ada")).isEqualTo(400);
            assertThat(meters.get("gatehouse.ratelimit.grants.failures")
                            .counter()
                            .count())
                    .isEqualTo(1);
            assertThat(meters.get("gatehouse.ratelimit.grants").gauge().value()).isEqualTo(1);
        }
    }

    @Nested
    class Readiness {

        @Test
        void isVerifiedByARehearsalThatLeavesNothing() {
            higher.refresh();

            assertThat(higher.check()).isInstanceOf(Finding.Verified.class);
            assertThat(higher.requests(10)).isEmpty();
            assertThat(higher.grants("rehearsal")).isEmpty();
        }

        @Test
        void failsWhenNobodyLooksForChanges() {
            assertThat(higher.check()).isInstanceOf(Finding.Failed.class);

            higher.refresh();
            time.advance(Duration.ofSeconds(6));
            assertThat(((Finding.Failed) higher.check()).reason())
                    .isEqualTo("grants made elsewhere do not arrive here: the store was last read 6000 ms ago;"
                            + " register the HigherLimitsGate");
        }

        @Test
        void failsWhenAnswersDoNotStick() {
            HigherLimits forgetful = HigherLimits.builder(new ForgetfulStore(store))
                    .raisable(StandardLimits.ACCOUNT, 10_000)
                    .clock(time)
                    .ticker(time)
                    .build();
            forgetful.refresh();

            assertThat(((Finding.Failed) forgetful.check()).reason())
                    .isEqualTo("a request was not answered exactly once");
        }
    }

    /** Whose audit log is full. */
    private static final class FailingAudit implements AuditSink {
        @Override
        public void append(Tx tx, AuditEvent event) {
            throw new IllegalStateException("audit: full");
        }

        @Override
        public void append(AuditEvent event) {
            throw new IllegalStateException("audit: full");
        }
    }
}
