// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.web;

import dev.gatehouse.http.Problem;
import dev.gatehouse.http.Problems;
import dev.gatehouse.json.FieldError;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** Ends a request with a problem. Cheap: it has no stack trace, for it is an answer and not a defect. */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    private static final String TYPES = "https://gatehouse.dev/problems/";

    private final transient Problem problem;

    /** The end of a request that is answered with {@code problem}. */
    public Refusal(Problem problem) {
        super(problem.title(), null, false, false);
        this.problem = problem;
    }

    /** 422: these fields break these rules. */
    public static Refusal of(List<FieldError> errors) {
        List<Map<String, String>> listed = errors.stream()
                .map(error -> Map.of("field", error.field(), "rule", error.rule()))
                .toList();
        return new Refusal(Problem.of(422, "Invalid field", "At least one field is missing or invalid.")
                .with("errors", listed));
    }

    /** 422: this field breaks this rule. */
    public static Refusal of(String field, String rule) {
        return of(List.of(new FieldError(field, rule)));
    }

    /** A problem that its status describes. */
    public static Refusal of(int status, String title, String detail) {
        return new Refusal(Problem.of(status, title, detail));
    }

    /** 403 of a kind: {@code forbidden}, {@code factor-required}, {@code reauthenticate}. */
    public static Refusal forbidden(String type, String detail) {
        return new Refusal(Problems.forbidden(detail).type(URI.create(TYPES + type)));
    }

    /** 403: the caller may not do this. */
    public static Refusal forbidden(String detail) {
        return forbidden("forbidden", detail);
    }

    /** What is answered. */
    public Problem problem() {
        return problem;
    }
}
