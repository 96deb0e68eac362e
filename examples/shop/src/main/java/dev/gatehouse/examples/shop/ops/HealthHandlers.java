// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.ops;

import dev.gatehouse.HealthReport;
import dev.gatehouse.HealthStatus.State;
import dev.gatehouse.auth.AuthGate;
import dev.gatehouse.examples.shop.account.ShopRoles;
import dev.gatehouse.examples.shop.web.Answer;
import dev.gatehouse.examples.shop.web.Call;
import java.util.List;
import java.util.function.Supplier;

/** Whether the shop is alive, and whether requests should come here. */
public final class HealthHandlers {

    private final Supplier<HealthReport> liveness;
    private final Supplier<HealthReport> health;

    /** Answers from {@code liveness}, which asks nothing, and {@code health}, which asks every check. */
    public HealthHandlers(Supplier<HealthReport> liveness, Supplier<HealthReport> health) {
        this.liveness = liveness;
        this.health = health;
    }

    /** GET /health/live. */
    public Answer live(Call call) {
        return answer(call, liveness.get());
    }

    /** GET /health/ready: only what this instance cannot serve without; a provider that is down changes nothing. */
    public Answer ready(Call call) {
        List<HealthReport.Check> required = health.get().checks().stream()
                .filter(HealthReport.Check::required)
                .toList();
        return answer(call, new HealthReport(worst(required), required));
    }

    private static State worst(List<HealthReport.Check> checks) {
        return checks.stream()
                .map(check -> check.status().state())
                .max(State::compareTo)
                .orElse(State.UP);
    }

    private static Answer answer(Call call, HealthReport report) {
        boolean operator = AuthGate.session(call.exchange())
                .filter(session -> session.permissions().contains(ShopRoles.OPERATE))
                .isPresent();
        return Answer.json(report.httpStatus(), report.toJson(operator)).header("Cache-Control", "no-store");
    }
}
