// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

/** Whether a request may reach the application at last. Fails closed. */
final class Admission {

    private Admission() {}

    /** Whether the route is open to anyone without a condition, or somebody who checked the rule said that it holds. */
    static boolean isOpen(Access rule, boolean admitted) {
        return switch (rule.kind()) {
            case UNDECLARED -> false;
            case ANYONE -> admitted || !(rule.needsFactor() || rule.needsRecentSignIn());
            case SIGNED_IN, PERMISSION -> admitted;
        };
    }

    /** What is answered when it may not. */
    static Problem refusal(Exchange exchange) {
        if (exchange.route().access().kind() == Access.Kind.UNDECLARED) {
            return Problems.forbidden("No access rule is declared for this route.");
        }
        boolean known = exchange.context().account().isPresent();
        return known ? Problems.forbidden("You may not do this.") : Problems.unauthorized();
    }
}
