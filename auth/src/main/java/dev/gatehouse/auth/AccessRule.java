// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.key.LiveKey;
import dev.gatehouse.auth.session.Session;
import dev.gatehouse.http.Access;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether a route's access rule holds for a session or an API key: a pure function. What no rule allows is refused. */
enum AccessRule {
    /** It holds. */
    ADMITTED,
    /** Nobody is signed in. */
    SIGN_IN,
    /** The account lacks the permission, or no rule was declared. */
    FORBIDDEN,
    /** A second factor must be used in this session first. */
    USE_FACTOR,
    /** The sign-in is too old. */
    SIGN_IN_AGAIN,
    /** The API key was not made for this. */
    OUT_OF_SCOPE;

    /** How long a sign-in counts as recent. */
    static final Duration RECENT = Duration.ofMinutes(10);

    /** Instances' clocks differ a little; a sign-in further ahead than this was made before a clock was set back. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    /** Whether a sign-in counts as recent. One in the future does not, or it would do so until the clock is there. */
    static boolean isRecent(Session session, Instant now) {
        Instant signedInAt = session.signedInAt();
        return !session.isImpersonated()
                && now.isBefore(signedInAt.plus(RECENT))
                && !signedInAt.isAfter(now.plus(SKEW));
    }

    static AccessRule judge(Access access, @Nullable Session session, Instant now) {
        return switch (access.kind()) {
            case UNDECLARED -> FORBIDDEN;
            case ANYONE -> isUnconditional(access) ? ADMITTED : conditions(access, session, now);
            case SIGNED_IN, PERMISSION -> conditions(access, session, now);
        };
    }

    private static boolean isUnconditional(Access access) {
        return !access.needsFactor() && !access.needsRecentSignIn();
    }

    private static AccessRule conditions(Access access, @Nullable Session session, Instant now) {
        if (session == null) {
            return SIGN_IN;
        }
        String wanted = access.permission().orElse(null);
        if (wanted != null && !session.permissions().contains(wanted)) {
            return session.withheld().contains(wanted) ? USE_FACTOR : FORBIDDEN;
        }
        if (session.isImpersonated() && !isUnconditional(access)) {
            return FORBIDDEN;
        }
        if (access.needsFactor() && !session.factorUsed()) {
            return USE_FACTOR;
        }
        return access.needsRecentSignIn() && !isRecent(session, now) ? SIGN_IN_AGAIN : ADMITTED;
    }

    /** For an API key: it is let in where its scope is named, and where anyone is. */
    static AccessRule judge(Access access, LiveKey key) {
        if (access.kind() == Access.Kind.UNDECLARED) {
            return FORBIDDEN;
        }
        if (access.kind() == Access.Kind.ANYONE && isUnconditional(access)) {
            return ADMITTED;
        }
        if (access.keyScope().isEmpty() || !holds(access, key)) {
            return FORBIDDEN;
        }
        return key.scopes().contains(access.keyScope().get()) ? ADMITTED : OUT_OF_SCOPE;
    }

    private static boolean holds(Access access, LiveKey key) {
        return access.permission().map(key.permissions()::contains).orElse(true);
    }
}
