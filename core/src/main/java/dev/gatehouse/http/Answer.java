// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import java.io.IOException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a problem as the response, through the application's renderer and, when that fails, as JSON. */
final class Answer {

    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

    private Answer() {}

    static void send(PipelineExchange exchange, Problem problem, ProblemRenderer renderer) throws IOException {
        ProblemRenderer.Rendered rendered = render(exchange, problem, renderer);
        exchange.setHeader("Cache-Control", "no-store");
        set(exchange, problem.headers());
        set(exchange, rendered.headers());
        if (!rendered.contentType().isEmpty()) {
            exchange.setHeader("Content-Type", rendered.contentType());
        }
        exchange.send(rendered.status(), rendered.body());
    }

    private static ProblemRenderer.Rendered render(
            PipelineExchange exchange, Problem problem, ProblemRenderer renderer) {
        try {
            return renderer.render(exchange, problem);
        } catch (Throwable e) { // a template that recurses too deep is an error too, and there must be an answer
            LOG.error("the problem renderer failed on {} {}", problem.status(), problem.title(), e);
            return ProblemJson.render(exchange, problem);
        }
    }

    private static void set(PipelineExchange exchange, Map<String, String> headers) {
        if (!headers.isEmpty()) {
            headers.forEach(exchange::setHeader);
        }
    }
}
