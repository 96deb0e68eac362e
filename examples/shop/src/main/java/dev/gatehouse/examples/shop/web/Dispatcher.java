// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.web;

import dev.gatehouse.http.Exchange;
import dev.gatehouse.http.Problem;
import dev.gatehouse.http.ProblemRenderer;
import dev.gatehouse.http.servlet.GatehouseFilter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one servlet: hands each request that passed the pipeline to its route's handler and writes what it answers. */
public final class Dispatcher extends HttpServlet {

    private static final long serialVersionUID = 1;
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private final transient Handlers handlers;
    private final transient ProblemRenderer problems;

    /** Serves with {@code handlers}; problems are written by {@code problems}. */
    public Dispatcher(Handlers handlers, ProblemRenderer problems) {
        this.handlers = handlers;
        this.problems = problems;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Exchange exchange = GatehouseFilter.exchange(request);
        Answer answer = answer(exchange, new Call(exchange, request));
        if (answer instanceof Answer.Response plain) {
            write(response, plain.status(), plain.contentType(), plain.headers(), plain.body());
        } else if (answer instanceof Answer.Failure failure) {
            write(exchange, response, failure.problem());
        }
    }

    private Answer answer(Exchange exchange, Call call) throws ServletException, IOException {
        try {
            return handlers.of(exchange.route()).handle(call);
        } catch (Refusal e) {
            return Answer.problem(e.problem());
        } catch (IOException | RuntimeException e) {
            if (isDatabaseFailure(e)) {
                return databaseDown(e);
            }
            throw e;
        } catch (Exception e) {
            if (isDatabaseFailure(e)) {
                return databaseDown(e);
            }
            throw new ServletException(e);
        }
    }

    private static boolean isDatabaseFailure(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException) {
                return true;
            }
        }
        return false;
    }

    private static Answer databaseDown(Exception e) {
        LOG.error("the database did not answer: {}", String.valueOf(e.getCause() == null ? e : e.getCause()));
        return Answer.problem(Problem.of(503, "Database unavailable", "Nothing was changed. Try again in a moment.")
                .header("Retry-After", "2"));
    }

    private void write(Exchange exchange, HttpServletResponse response, Problem problem) throws IOException {
        ProblemRenderer.Rendered rendered = problems.render(exchange, problem);
        problem.headers().forEach(response::setHeader);
        write(response, rendered.status(), rendered.contentType(), rendered.headers(), rendered.body());
    }

    private static void write(
            HttpServletResponse response, int status, String contentType, Map<String, String> headers, byte[] body)
            throws IOException {
        response.setStatus(status);
        headers.forEach(response::setHeader);
        if (!contentType.isEmpty()) {
            response.setContentType(contentType);
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        }
    }
}
