// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.context.Caller;
import dev.gatehouse.http.Completion;
import dev.gatehouse.http.Interceptor;
import dev.gatehouse.http.Problem;
import dev.gatehouse.http.Route;
import dev.gatehouse.http.Verdict;
import dev.gatehouse.testing.FakeExchange;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Sends requests through the steps of the gate, without a server. */
final class Requests {

    private final List<Interceptor> steps;

    Requests(RateLimits limits) {
        this.steps = List.of(new EdgeLimits(limits), new CallerLimits(limits));
    }

    static FakeExchange from(String address, Route route) {
        try {
            return FakeExchange.to(route).from(InetAddress.getByName(address));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    static FakeExchange by(Caller caller, String address, Route route) {
        FakeExchange exchange = from(address, route);
        exchange.context(exchange.context().withCaller(caller));
        return exchange;
    }

    /** Sends it and leaves it in flight. */
    Verdict begin(FakeExchange exchange) {
        Verdict verdict = Verdict.proceed();
        for (Interceptor step : steps) {
            if (verdict instanceof Verdict.Proceed) {
                verdict = step.before(exchange);
            }
        }
        return verdict;
    }

    void end(FakeExchange exchange) {
        steps.forEach(step -> step.after(exchange, new Completion(200, 0, null)));
    }

    boolean passes(FakeExchange exchange) {
        Verdict verdict = begin(exchange);
        end(exchange);
        return verdict instanceof Verdict.Proceed;
    }

    Problem refusal(FakeExchange exchange) {
        Verdict verdict = begin(exchange);
        end(exchange);
        assertThat(verdict).isInstanceOf(Verdict.Answer.class);
        return ((Verdict.Answer) verdict).problem();
    }
}
