// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.auth.access.Roles;
import dev.gatehouse.auth.account.Account;
import dev.gatehouse.auth.account.Account.Status;
import dev.gatehouse.auth.session.RefreshRules.Step;
import dev.gatehouse.auth.session.SessionStore.Found;
import dev.gatehouse.auth.token.Tokens;
import dev.gatehouse.config.Secret;
import dev.gatehouse.testing.ManualTime;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RefreshRulesTest {

    private final ManualTime time = new ManualTime();
    private final SessionMint mint =
            new SessionMint(Secret.of("0123456789abcdef0123456789abcdef"), new Tokens(new SecureRandom()));
    private final Sessions sessions = new Sessions(SessionSettings.DEFAULT, Roles.none(), time, mint);
    private final RefreshRules rules = new RefreshRules(sessions, mint, time);
    private final Account ann = new Account("ann", "ann@example.org", Status.ACTIVE, Set.of(), time.instant());
    private final SessionRow row = sessions.open(ann, null, "test").row();

    private Step judge(long presented, long stored) {
        return judge(presented, stored, ann);
    }

    private Step judge(long presented, long stored, Account account) {
        Lineage kept = new Lineage(row.lineage().seed(), stored, time.instant());
        SessionRow now = row.rotated(row.hash(), kept, null);
        return rules.judge(token(presented), new Found(now, account, false));
    }

    private Secret token(long generation) {
        return mint.of(row.id(), new Lineage(row.lineage().seed(), generation, null))
                .tokens()
                .refresh();
    }

    @Test
    void thePresentGenerationRotatesTheOneBeforeRepeatsAndEveryOtherIsReuse() {
        assertThat(judge(7, 7)).isInstanceOf(Step.Rotate.class);
        assertThat(judge(6, 7)).isInstanceOf(Step.Repeat.class);
        assertThat(judge(5, 7)).isInstanceOf(Step.Reuse.class);
        assertThat(judge(0, 7)).isInstanceOf(Step.Reuse.class);
    }

    @Test
    void aGenerationThatTheStoreHasForgottenIsReuse() {
        assertThat(judge(8, 7)).as("the store was restored from a backup").isInstanceOf(Step.Reuse.class);
    }

    @Test
    void whatIsGivenIsOfTheNextGenerationAndRepeatedWordForWord() {
        Step.Rotate rotate = (Step.Rotate) judge(7, 7);
        Step.Repeat repeat = (Step.Repeat) judge(7, 8);
        assertThat(repeat.tokens()).isEqualTo(rotate.tokens());
        assertThat(rotate.tokens().refresh()).isEqualTo(token(8));
        assertThat(rotate.next().lineage().generation()).isEqualTo(8);
    }

    @Test
    void aClockThatWasSetBackDoesNotKeepTheGraceOpen() {
        SessionRow now =
                row.rotated(row.hash(), row.lineage().next(time.instant().plus(Duration.ofHours(1))), null);
        assertThat(rules.judge(token(0), new Found(now, ann, false))).isInstanceOf(Step.Reuse.class);
        SessionRow skewed =
                row.rotated(row.hash(), row.lineage().next(time.instant().plusSeconds(2)), null);
        assertThat(rules.judge(token(0), new Found(skewed, ann, false))).isInstanceOf(Step.Repeat.class);
    }

    @Test
    void whatIsOverIsOverWhateverTheGeneration() {
        Account disabled = new Account("ann", ann.email(), Status.DISABLED, Set.of(), ann.createdAt());
        Account later = new Account("ann", ann.email(), Status.ACTIVE, Set.of(), ann.createdAt(), 1);
        for (long generation = 5; generation < 9; generation++) {
            assertThat(judge(generation, 7, disabled)).isEqualTo(new Step.Over(EndReason.ACCOUNT_DISABLED));
            assertThat(judge(generation, 7, later)).isEqualTo(new Step.Over(EndReason.REVOKED));
        }
    }

    @Test
    void aTokenOfAnotherSeedIsForeignEvenOfTheSameSessionAndGeneration() {
        Secret other = mint.fresh(row.id()).tokens().refresh();
        assertThat(rules.judge(other, new Found(row, ann, false))).isInstanceOf(Step.Foreign.class);
    }

    @Test
    void printsNoToken() {
        SessionMint.Minted minted = mint.fresh(row.id());
        assertThat(minted.toString() + minted.tokens() + row)
                .doesNotContain(minted.tokens().session().reveal())
                .doesNotContain(minted.tokens().refresh().reveal())
                .doesNotContain(row.lineage().seed().reveal());
    }
}
