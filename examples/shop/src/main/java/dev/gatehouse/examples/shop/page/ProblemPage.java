// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.page;

import dev.gatehouse.http.Exchange;
import dev.gatehouse.http.Problem;
import dev.gatehouse.http.ProblemRenderer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What a person sees when something goes wrong: what it was, and the request ID to quote. */
public final class ProblemPage implements ProblemRenderer {

    @Override
    public Rendered render(Exchange exchange, Problem problem) {
        String id = exchange.context().requestId().orElse("");
        String body = "<p>" + Html.text(problem.detail()) + "</p><p>Request ID: <code>" + Html.text(id)
                + "</code></p><p><a href=\"/\">Back to the shop</a></p>";
        byte[] page = Html.page(problem.title(), body).getBytes(StandardCharsets.UTF_8);
        return new Rendered(problem.status(), "text/html; charset=utf-8", Map.of(), page);
    }
}
