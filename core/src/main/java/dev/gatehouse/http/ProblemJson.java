// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import dev.gatehouse.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

/** Problems as {@code application/problem+json} (RFC 9457). */
final class ProblemJson {

    private static final Set<String> STANDARD = Set.of("type", "title", "status", "detail", "requestId");

    private ProblemJson() {}

    static ProblemRenderer.Rendered render(Exchange exchange, Problem problem) {
        byte[] body = write(exchange, problem).getBytes(StandardCharsets.UTF_8);
        return new ProblemRenderer.Rendered(problem.status(), "application/problem+json", Map.of(), body);
    }

    private static String write(Exchange exchange, Problem problem) {
        JsonWriter json = new JsonWriter().beginObject();
        json.field("type", problem.type().toString());
        json.field("title", problem.title());
        json.field("status", problem.status());
        json.field("detail", problem.detail());
        json.field("requestId", exchange.context().requestId().orElse(null));
        problem.extensions().forEach((name, value) -> {
            if (!STANDARD.contains(name)) {
                json.field(name, value);
            }
        });
        return json.endObject().toString();
    }
}
