// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.page;

import dev.gatehouse.examples.shop.web.Call;
import dev.gatehouse.http.Exchange;
import dev.gatehouse.http.Problem;
import dev.gatehouse.http.ProblemRenderer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * How problems look: JSON for programs, a page with the request ID for people, and for people who are not signed in the
 * way to the sign-in page.
 */
public final class ShopProblems implements ProblemRenderer {

    private final ProblemRenderer json = ProblemRenderer.json();
    private final ProblemRenderer page;

    /** Problems for people are written by {@code page}. */
    public ShopProblems(ProblemRenderer page) {
        this.page = page;
    }

    @Override
    public Rendered render(Exchange exchange, Problem problem) {
        boolean forPeople = Call.wantsHtml(exchange) && !exchange.path().startsWith("/api/");
        if (!forPeople) {
            return json.render(exchange, problem);
        }
        if (problem.type().toString().endsWith("/reauthenticate")) {
            return Rendered.seeOther("/account/again" + next(exchange));
        }
        return problem.status() == 401 ? signIn(exchange) : page.render(exchange, problem);
    }

    private static Rendered signIn(Exchange exchange) {
        return Rendered.seeOther("/sign-in" + (exchange.method().equals("GET") ? next(exchange) : ""));
    }

    /** Every form that demands a recent sign-in is sent to the address of its page. */
    private static String next(Exchange exchange) {
        return "?next=" + URLEncoder.encode(exchange.path(), StandardCharsets.UTF_8);
    }
}
