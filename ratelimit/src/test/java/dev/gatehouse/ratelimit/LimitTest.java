// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitTest {

    private final RateLimiter limiter = RateLimiter.builder().build();

    @Test
    void saysWhichLimitWhatValueAndWhatRule() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Limit.perMinute("login", 0))
                .withMessage("ratelimit.login: permits was 0 but must be at least 1");
    }

    @Test
    void refusesMorePermitsThanCanBeCounted() {
        assertThatIllegalArgumentException().isThrownBy(() -> Limit.perMinute("login", 1_000_000_000_000_000L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT0.5S", "PT1.5S", "PT8785H"})
    void refusesPeriodsThatTheFieldsCannotTell(String period) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Limit.of("login", 1, Duration.parse(period)))
                .withMessageContaining("ratelimit.login: window was " + period);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Login", "1st", "a\"b", "a;b", "a\nb", "é", "a_b"})
    void refusesNamesThatWouldNeedEscapingInAHeader(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> Limit.perMinute(name, 1));
    }

    @Test
    void refusesTwoLimitsOfOneNameInAGroup() {
        LimitGroup group = LimitGroup.named("g").byAddress(Limit.perMinute("same", 1));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> group.byAccount(Limit.perMinute("same", 2)))
                .withMessageContaining("ratelimit.group.g");
    }

    @Test
    void reportsEveryBadGroupAtOnce() {
        RateLimitsBuilder builder = RateLimits.builder(limiter)
                .group(LimitGroup.named("first"))
                .group(LimitGroup.named("second"))
                .group(LimitGroup.named("third").byAddress(Limit.perMinute("login", 99)));

        assertThatIllegalArgumentException()
                .isThrownBy(builder::build)
                .withMessageContaining("ratelimit.group.first: has no limit by address")
                .withMessageContaining("ratelimit.group.second: has no limit by address")
                .withMessageContaining("ratelimit.group.third: has Limit[name=login, permits=99");
    }

    @Test
    void refusesADefaultGroupThatLeavesAccountsAlone() {
        RateLimitsBuilder builder = RateLimits.builder(limiter)
                .group(LimitGroup.named(RateLimits.DEFAULT_GROUP).byAddress(StandardLimits.ADDRESS));

        assertThatIllegalArgumentException()
                .isThrownBy(builder::build)
                .withMessageContaining("has no limit by account");
    }

    @Test
    void beginsWithTheStandardGroups() {
        RateLimits limits = RateLimits.builder(limiter).build();

        assertThat(limits.groups())
                .extracting(LimitGroup::name)
                .containsExactlyInAnyOrderElementsOf(
                        List.of("default", "login", "auth", "mail", "registration", "expensive", "probes", "assets"));
    }
}
