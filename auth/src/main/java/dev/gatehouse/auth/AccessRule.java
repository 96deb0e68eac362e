// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.session.Session;
import dev.gatehouse.http.Access;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether a route's access rule holds for a session: a pure function. What no rule allows is refused. */
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
    SIGN_IN_AGAIN;

    /** How long a sign-in counts as recent. */
    static final Duration RECENT = Duration.ofMinutes(10);

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
        if (access.needsFactor() && !session.factorUsed()) {
            return USE_FACTOR;
        }
        return access.needsRecentSignIn() && !now.isBefore(session.signedInAt().plus(RECENT))
                ? SIGN_IN_AGAIN
                : ADMITTED;
    }
}
