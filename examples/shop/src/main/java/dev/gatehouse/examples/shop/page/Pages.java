// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.page;

import dev.gatehouse.auth.AuthGate;
import dev.gatehouse.auth.session.Session;
import dev.gatehouse.examples.shop.account.ShopRoles;
import dev.gatehouse.examples.shop.web.Answer;
import dev.gatehouse.http.ContentSecurityPolicy;
import dev.gatehouse.http.Exchange;
import dev.gatehouse.http.Problem;
import dev.gatehouse.http.ProblemRenderer;
import dev.gatehouse.resilience.feature.Features;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Renders pages: the template's own values, and what every page shows. Thread-safe. */
public final class Pages implements ProblemRenderer {

    /** What is said when too many passwords are being hashed. */
    static final String BUSY = "Too many passwords are being checked just now. Try again in a moment.";

    private final Templates templates = new Templates();
    private final boolean development;
    private final FeatureNotices features;

    /** Pages that say so when they are a development shop's, and when what they are about does not work as it should. */
    public Pages(boolean development, Features features) {
        this.development = development;
        this.features = new FeatureNotices(features);
    }

    /** The page of this template. */
    public Answer.Response page(Exchange exchange, String template, String title, Map<String, ?> values) {
        return page(200, exchange, template, title, values);
    }

    /** The page of this template, with another status than 200. */
    public Answer.Response page(int status, Exchange exchange, String template, String title, Map<String, ?> values) {
        return Answer.html(status, html(exchange, template, title, values));
    }

    /** A page for operators whose text another module has written as HTML, which is taken as it is. */
    public Answer.Response report(Exchange exchange, String title, String html) {
        return page(exchange, "report", title, Map.of("html", html));
    }

    /** A page that is one form. */
    Answer.Response form(int status, Exchange exchange, String title, FormView form) {
        return page(status, exchange, "form", title, form.values());
    }

    /** A page that says one thing. */
    Answer.Response message(int status, Exchange exchange, String title, String text) {
        return page(status, exchange, "message", title, Map.of("text", text));
    }

    /** A page that says one thing, and where to go on. */
    Answer.Response message(int status, Exchange exchange, String title, String text, Onward onward) {
        Map<String, String> values = Map.of("text", text, "link", onward.href(), "linkText", onward.text());
        return page(status, exchange, "message", title, values);
    }

    /**
     * Where to go on.
     *
     * @param href the page
     * @param text what the link says
     */
    record Onward(String href, String text) {}

    /** A problem as a page, with the request ID that a person can tell us. */
    @Override
    public Rendered render(Exchange exchange, Problem problem) {
        boolean factor =
                problem.type().getPath() != null && problem.type().getPath().endsWith("/factor-required");
        Map<String, String> values = Map.of(
                "detail", problem.detail(), "link", factor ? "/account/factor" : "", "linkText", "Your second factor");
        String html = html(exchange, "error", problem.title(), values);
        return new Rendered(
                problem.status(), "text/html; charset=utf-8", Map.of(), html.getBytes(StandardCharsets.UTF_8));
    }

    private String html(Exchange exchange, String template, String title, Map<String, ?> values) {
        Map<String, Object> model = new HashMap<>(Map.of("problem", "", "link", "", "errors", List.of()));
        model.put("notice", Notices.of(exchange.query()));
        model.put("featureNotices", features.on(exchange));
        model.put("title", title);
        model.put("requestId", exchange.context().requestId().orElse(""));
        model.put("nonce", String.valueOf(exchange.attribute(ContentSecurityPolicy.NONCE)));
        model.put("development", development);
        model.putAll(person(exchange));
        model.putAll(values);
        model.put("hasErrors", model.get("errors") instanceof List<?> errors && !errors.isEmpty());
        return templates.render(template, model);
    }

    /** Who looks at the page, and where they may go. */
    private static Map<String, Object> person(Exchange exchange) {
        Optional<Session> session = AuthGate.session(exchange);
        List<?> tabs = session.isPresent() ? AccountTabs.of(exchange.path()) : List.of();
        return Map.of(
                "email",
                session.map(Session::email).orElse(""),
                "operates",
                session.filter(found -> found.permissions().contains(ShopRoles.OPERATE))
                        .isPresent(),
                "tabs",
                tabs,
                "hasTabs",
                !tabs.isEmpty());
    }
}
