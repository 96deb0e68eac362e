// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse;

import dev.gatehouse.HealthStatus.State;
import dev.gatehouse.json.JsonWriter;
import java.util.List;

/**
 * How the application is, check by check. Immutable.
 *
 * @param state down when a required check is down or the application is draining, degraded when any check is not up
 * @param checks every check's answer, in the order of the gates
 */
public record HealthReport(State state, List<Check> checks) {

    /** Freezes the list of checks. */
    public HealthReport {
        checks = List.copyOf(checks);
    }

    /** The report of these answers. */
    static HealthReport of(List<Check> checks) {
        boolean down = checks.stream()
                .anyMatch(check -> check.required() && check.status().state() == State.DOWN);
        boolean allUp = checks.stream().allMatch(check -> check.status().state() == State.UP);
        return new HealthReport(down ? State.DOWN : allUp ? State.UP : State.DEGRADED, checks);
    }

    /** The status a health endpoint answers with: 200, or 503 when requests should go elsewhere. */
    public int httpStatus() {
        return state == State.DOWN ? 503 : 200;
    }

    /** The report as JSON: {@code {"status","checks":[{"name","status"}]}}; the details are for operators only. */
    public String toJson(boolean withDetails) {
        JsonWriter json = new JsonWriter().beginObject().field("status", word(state));
        json.name("checks").beginArray();
        for (Check check : checks) {
            json.beginObject()
                    .field("name", check.name())
                    .field("status", word(check.status().state()));
            if (withDetails) {
                json.field("required", check.required())
                        .field("detail", check.status().detail());
            }
            json.endObject();
        }
        return json.endArray().endObject().toString();
    }

    private static String word(State state) {
        return switch (state) {
            case UP -> "up";
            case DEGRADED -> "degraded";
            case DOWN -> "down";
        };
    }

    /**
     * One check's answer.
     *
     * @param name the check's name
     * @param required whether the instance must leave service while it is down
     * @param status what it answered
     */
    public record Check(String name, boolean required, HealthStatus status) {}
}
