// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import dev.gatehouse.http.Exchange;
import dev.gatehouse.http.Problem;
import java.util.List;

/**
 * How clients are told of their limits. The fields are not a standard yet, and each draft may rename what the one before
 * named: a dialect is a format that was once published and does not change.
 */
public enum RateLimitDialect {

    /**
     * {@code RateLimit-Policy} and {@code RateLimit} as draft-ietf-httpapi-ratelimit-headers-11 writes them (08 to 11 share
     * the format): lists of quoted policy names with integer parameters, in the syntax of RFC 9651. A {@link Limit}'s name
     * needs no escaping.
     */
    DRAFT_11 {
        @Override
        void tell(Exchange exchange, String policy, List<Decision> decisions) {
            exchange.setHeader(POLICY, policy);
            exchange.setHeader(STATE, stateText(decisions));
        }

        @Override
        Problem tell(Problem problem, List<Decision> decisions) {
            return problem.header(POLICY, policyText(decisions)).header(STATE, stateText(decisions));
        }
    },

    /**
     * {@code RateLimit-Limit}, {@code RateLimit-Remaining} and {@code RateLimit-Reset} of the limit that has the smallest
     * part left, as drafts 00 to 06 wrote them and many clients still read them.
     */
    DRAFT_06 {
        @Override
        void tell(Exchange exchange, String policy, List<Decision> decisions) {
            LimitStatus least = least(decisions);
            exchange.setHeader("RateLimit-Limit", Long.toString(least.limit()));
            exchange.setHeader("RateLimit-Remaining", Long.toString(least.remaining()));
            exchange.setHeader("RateLimit-Reset", Long.toString(least.resetSeconds()));
        }

        @Override
        Problem tell(Problem problem, List<Decision> decisions) {
            LimitStatus least = least(decisions);
            return problem.header("RateLimit-Limit", Long.toString(least.limit()))
                    .header("RateLimit-Remaining", Long.toString(least.remaining()))
                    .header("RateLimit-Reset", Long.toString(least.resetSeconds()));
        }

        private LimitStatus least(List<Decision> decisions) {
            return decisions.stream()
                    .flatMap(decision -> decision.statuses().stream())
                    .reduce((a, b) -> part(b) < part(a) ? b : a)
                    .orElseThrow();
        }

        private double part(LimitStatus status) {
            return (double) status.remaining() / status.limit();
        }
    };

    static final String POLICY = "RateLimit-Policy";
    static final String STATE = "RateLimit";

    private static final int ROOM = 40;

    /** Sets the fields of an answer; {@code policy} is {@link #policyText} of the decisions, of which there is one. */
    abstract void tell(Exchange exchange, String policy, List<Decision> decisions);

    /** The problem with the fields. */
    abstract Problem tell(Problem problem, List<Decision> decisions);

    static String policyText(List<Decision> decisions) {
        StringBuilder text = new StringBuilder(ROOM * decisions.size());
        for (Decision decision : decisions) {
            for (Limit limit : decision.limits()) {
                item(text, limit)
                        .append(";q=")
                        .append(limit.permits())
                        .append(";w=")
                        .append(limit.window().toSeconds());
            }
        }
        return text.toString();
    }

    static String stateText(List<Decision> decisions) {
        StringBuilder text = new StringBuilder(ROOM * decisions.size());
        for (int i = 0; i < decisions.size(); i++) {
            Decision decision = decisions.get(i);
            for (int j = 0; j < decision.limits().size(); j++) {
                item(text, decision.limits().get(j))
                        .append(";r=")
                        .append(decision.remaining(j))
                        .append(";t=")
                        .append(Seconds.roundedUp(decision.nanosToReset(j)));
            }
        }
        return text.toString();
    }

    private static StringBuilder item(StringBuilder text, Limit limit) {
        return text.append(text.isEmpty() ? "\"" : ", \"").append(limit.name()).append('"');
    }
}
