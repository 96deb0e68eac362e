// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.audit;

import dev.gatehouse.context.Caller;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened and that an account, an operator or an auditor may ask about. Immutable. The sink adds the
 * time, the request ID and the event's own ID.
 *
 * @param action dotted and in the past tense: {@code auth.login.failed}, {@code order.created}
 * @param actor who did it
 * @param subjectId the opaque ID of the account it concerns, null when it concerns none
 * @param outcome how it ended
 * @param details further facts, never a secret
 */
public record AuditEvent(
        String action, Actor actor, @Nullable String subjectId, Outcome outcome, Map<String, String> details) {

    /** How it ended. */
    public enum Outcome {
        /** It was done. */
        SUCCESS,
        /** It was tried and did not work. */
        FAILURE,
        /** It was refused. */
        DENIED
    }

    /** Validates the action and freezes the details. */
    public AuditEvent {
        if (!action.matches("[a-z][a-z0-9-]*(\\.[a-z][a-z0-9-]*)+")) {
            throw new IllegalArgumentException(
                    "audit: action was '" + action + "' but must be dotted lower-case words");
        }
        details = Map.copyOf(details);
    }

    /** An event that succeeded. */
    public static AuditEvent success(String action, Actor actor, @Nullable String subjectId) {
        return new AuditEvent(action, actor, subjectId, Outcome.SUCCESS, Map.of());
    }

    /** An event that failed. */
    public static AuditEvent failure(String action, Actor actor, @Nullable String subjectId) {
        return new AuditEvent(action, actor, subjectId, Outcome.FAILURE, Map.of());
    }

    /** An event that was refused. */
    public static AuditEvent denied(String action, Actor actor, @Nullable String subjectId) {
        return new AuditEvent(action, actor, subjectId, Outcome.DENIED, Map.of());
    }

    /** The same event with one further fact, which must not be a secret. */
    public AuditEvent with(String name, String value) {
        Map<String, String> more = new HashMap<>(details);
        more.put(name, value);
        return new AuditEvent(action, actor, subjectId, outcome, more);
    }

    /**
     * The same event with the actor who is really behind {@code caller}. Where the event says that the caller's account
     * did it, but somebody acts as that account or an API key of it was used, the actor becomes that account or key and
     * the detail {@code as} names the account. Every other event stays as it is, so doing it twice changes nothing.
     */
    public AuditEvent seenThrough(Caller caller) {
        Actor real = Actor.of(caller);
        if (!actor.equals(Actor.account(caller.account())) || actor.equals(real)) {
            return this;
        }
        return new AuditEvent(action, real, subjectId, outcome, details).with("as", caller.account());
    }

    /** The account it concerns, if any. */
    public Optional<String> subject() {
        return Optional.ofNullable(subjectId);
    }
}
