// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.web;

import dev.gatehouse.auth.AuthGate;
import dev.gatehouse.auth.key.LiveKey;
import dev.gatehouse.auth.session.Session;
import dev.gatehouse.http.Exchange;
import dev.gatehouse.http.Problems;
import dev.gatehouse.json.Checked;
import dev.gatehouse.json.JsonFields;
import dev.gatehouse.json.JsonReader;
import dev.gatehouse.json.Parsed;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** One request, as handlers see it: the exchange that passed the pipeline, and its body. Used by one thread. */
public final class Call {

    private static final String FORM = "application/x-www-form-urlencoded";

    private final Exchange exchange;
    private final HttpServletRequest request;

    Call(Exchange exchange, HttpServletRequest request) {
        this.exchange = exchange;
        this.request = request;
    }

    /** The exchange that passed the pipeline. */
    public Exchange exchange() {
        return exchange;
    }

    /** The session; 401 without one, which only a route open to anyone can lack. */
    public Session session() {
        return AuthGate.session(exchange).orElseThrow(() -> new Refusal(Problems.unauthorized()));
    }

    /** Whether the session, or the API key, holds a permission now. */
    public boolean may(String permission) {
        return AuthGate.session(exchange)
                .map(Session::permissions)
                .or(() -> AuthGate.key(exchange).map(LiveKey::permissions))
                .filter(held -> held.contains(permission))
                .isPresent();
    }

    /** The signed-in account's ID, whether by a session or by an API key. */
    public String account() {
        return exchange.context().account().orElseThrow(() -> new Refusal(Problems.unauthorized()));
    }

    /** Whether a page is wanted rather than JSON. */
    public boolean wantsHtml() {
        return wantsHtml(exchange);
    }

    /** Whether a page is wanted rather than JSON. */
    public static boolean wantsHtml(Exchange exchange) {
        return exchange.headers("Accept").stream()
                .anyMatch(line -> line.toLowerCase(Locale.ROOT).contains("text/html"));
    }

    /** The value of a query parameter; empty when it is not there or has no value. */
    public Optional<String> query(String name) {
        return exchange.query().flatMap(query -> parameter(query, name));
    }

    /** The body, at most as long as the route allows. */
    public byte[] body() throws IOException {
        return request.getInputStream().readAllBytes();
    }

    /** Whether a page's form was sent rather than JSON. */
    public boolean isForm() {
        return mediaType().equals(FORM);
    }

    /** The fields of a form that a page sent. */
    public Form form() throws IOException {
        requireMediaType(FORM);
        String text = new String(body(), StandardCharsets.UTF_8);
        return name -> parameter(text, name);
    }

    /** A form's fields. */
    @FunctionalInterface
    public interface Form {
        /** The value of a field; empty when it is not there or has no value. */
        Optional<String> field(String name);
    }

    /**
     * What {@code make} makes of the JSON body: 415 for another media type, 400 for malformed JSON, 422 naming every
     * field that is missing or invalid. {@code make} only reads, for it runs on invalid fields too.
     */
    public <T> T json(Function<JsonFields, T> make) throws IOException {
        return json(jsonBody(), make);
    }

    /** The same of a body that may be missing. */
    public <T> Optional<T> optionalJson(Function<JsonFields, T> make) throws IOException {
        byte[] body = body();
        if (body.length == 0) {
            return Optional.empty();
        }
        requireMediaType("application/json");
        return Optional.of(json(body, make));
    }

    /** The body of a request that must be JSON. */
    public byte[] jsonBody() throws IOException {
        requireMediaType("application/json");
        return body();
    }

    /** What {@code make} makes of {@code body}, by the same rules. */
    public <T> T json(byte[] body, Function<JsonFields, T> make) {
        Parsed parsed = JsonReader.read(body);
        if (parsed instanceof Parsed.Malformed malformed) {
            throw Refusal.of(
                    400,
                    "Malformed JSON",
                    "The body " + malformed.message() + ", at line " + malformed.line() + ", column "
                            + malformed.column() + ".");
        }
        JsonFields fields = JsonFields.of(((Parsed.Value) parsed).value());
        T made = make.apply(fields);
        if (fields.check(() -> made) instanceof Checked.Invalid<T> invalid) {
            throw Refusal.of(invalid.errors());
        }
        return made;
    }

    private void requireMediaType(String wanted) {
        if (!mediaType().equals(wanted)) {
            throw Refusal.of(415, "Unsupported media type", "The body must be " + wanted + ".");
        }
    }

    private String mediaType() {
        String header = exchange.header("Content-Type");
        String type = header == null ? "" : header;
        int end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    private static Optional<String> parameter(String query, String name) {
        String wanted = URLEncoder.encode(name, StandardCharsets.UTF_8) + "=";
        for (String pair : query.split("&", -1)) {
            if (pair.startsWith(wanted)) {
                return decode(pair.substring(wanted.length())).filter(value -> !value.isBlank());
            }
        }
        return Optional.empty();
    }

    private static Optional<String> decode(String value) {
        try {
            return Optional.of(URLDecoder.decode(value, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw Refusal.of(400, "Bad request", "The query is malformed.");
        }
    }
}
