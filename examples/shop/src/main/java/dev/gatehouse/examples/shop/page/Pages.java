// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.page;

import dev.gatehouse.auth.AuthGate;
import dev.gatehouse.auth.session.Session;
import dev.gatehouse.examples.shop.web.Answer;
import dev.gatehouse.http.ContentSecurityPolicy;
import dev.gatehouse.http.Exchange;
import dev.gatehouse.http.Problem;
import dev.gatehouse.http.ProblemRenderer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Renders pages: the template's own values, and what every page shows. Thread-safe. */
public final class Pages implements ProblemRenderer {

    private final Templates templates = new Templates();
    private final boolean development;

    /** Pages that say so when they are a development shop's. */
    public Pages(boolean development) {
        this.development = development;
    }

    /** The page of this template. */
    public Answer.Response page(Exchange exchange, String template, String title, Map<String, ?> values) {
        return page(200, exchange, template, title, values);
    }

    /** The page of this template, with another status than 200. */
    public Answer.Response page(int status, Exchange exchange, String template, String title, Map<String, ?> values) {
        return Answer.html(status, html(exchange, template, title, values));
    }

    /** A problem as a page, with the request ID that a person can tell us. */
    @Override
    public Rendered render(Exchange exchange, Problem problem) {
        String html = html(exchange, "error", problem.title(), Map.of("detail", problem.detail()));
        return new Rendered(
                problem.status(), "text/html; charset=utf-8", Map.of(), html.getBytes(StandardCharsets.UTF_8));
    }

    private String html(Exchange exchange, String template, String title, Map<String, ?> values) {
        Map<String, Object> model = new HashMap<>();
        for (String optional : new String[] {"problem", "notice", "link", "typedEmail"}) {
            model.put(optional, "");
        }
        model.put("title", title);
        model.put("email", AuthGate.session(exchange).map(Session::email).orElse(""));
        model.put("requestId", exchange.context().requestId().orElse(""));
        model.put("nonce", String.valueOf(exchange.attribute(ContentSecurityPolicy.NONCE)));
        model.put("development", development);
        model.putAll(values);
        return templates.render(template, model);
    }
}
