// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.session;

import dev.gatehouse.auth.session.SessionMint.Minted;
import dev.gatehouse.auth.session.SessionStore.Found;
import dev.gatehouse.config.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What a refresh token is worth beside the session that the store has: a pure judgement. A token gets its successor
 * once. The generation before the present one is answered with the very same successor for {@link #GRACE}, because
 * parallel requests of one page and lost answers are no theft; any other is, or is somebody's backup. Thread-safe.
 */
public final class RefreshRules {

    /** How long the generation before is answered. Fixed: being presented again does not lengthen it. */
    public static final Duration GRACE = Duration.ofSeconds(10);

    private final Sessions sessions;
    private final SessionMint mint;
    private final InstantSource clock;

    /** Judges by {@code sessions} what is over, and believes the tokens of {@code mint}. */
    public RefreshRules(Sessions sessions, SessionMint mint, InstantSource clock) {
        this.sessions = sessions;
        this.mint = mint;
        this.clock = clock;
    }

    /** The public ID of the session that a token claims to be of; empty when it is not shaped like one of ours. */
    public Optional<String> session(Secret token) {
        return RefreshToken.parse(token).map(RefreshToken::id);
    }

    /** What is to be done about a token, given the session of its ID. */
    public Step judge(Secret presented, Found found) {
        RefreshToken token = RefreshToken.parse(presented).orElseThrow();
        Lineage lineage = found.row().lineage();
        if (!mint.made(token, lineage.seed())) {
            return new Step.Foreign();
        }
        Optional<EndReason> over = sessions.over(found);
        if (over.isPresent()) {
            return new Step.Over(over.get());
        }
        if (token.generation() == lineage.generation()) {
            return rotate(found.row());
        }
        return token.generation() == lineage.generation() - 1 && isInGrace(lineage)
                ? new Step.Repeat(mint.of(token.id(), lineage).tokens())
                : new Step.Reuse();
    }

    private Step rotate(SessionRow row) {
        Instant now = clock.instant();
        Minted next = mint.of(row.id(), row.lineage().next(now));
        return new Step.Rotate(
                row.rotated(next.hash(), next.lineage(), row.factorAt()).seen(now), next.tokens());
    }

    /** Counted both ways, so that a clock that was set back does not open the window for as long. */
    private boolean isInGrace(Lineage lineage) {
        Instant rotated = lineage.rotatedAt();
        return rotated != null
                && Duration.between(rotated, clock.instant()).abs().compareTo(GRACE) < 0;
    }

    /** What is to be done. */
    public sealed interface Step {

        /**
         * Put {@code next} in place of the row that was judged; if somebody else was first, judge again.
         *
         * @param next the row of the next generation
         * @param tokens what the client gets
         */
        record Rotate(SessionRow next, SessionTokens tokens) implements Step {}

        /**
         * Give the client what the first who asked got.
         *
         * @param tokens the same again
         */
        record Repeat(SessionTokens tokens) implements Step {}

        /** Somebody has a copy: end the session. */
        record Reuse() implements Step {}

        /**
         * The session is over.
         *
         * @param reason why
         */
        record Over(EndReason reason) implements Step {}

        /** Not made here, or before the session's privileges changed. */
        record Foreign() implements Step {}
    }
}
