// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A route's path, taken apart. A segment is literal text as it stands decoded in a path, or one variable.
 *
 * @param segments the segments, variables still in braces
 * @param variables the variables' names, in order
 */
record RouteTemplate(List<String> segments, List<String> variables) {

    private static final Pattern METHOD = Pattern.compile("[A-Z]+");
    private static final Pattern VARIABLE = Pattern.compile("\\{[A-Za-z][A-Za-z0-9]*\\}");
    private static final Pattern LITERAL = Pattern.compile("[A-Za-z0-9._~!$&'()*+,=:@-]+");

    /** The template of {@code route}; throws naming every value of the route that is wrong. */
    static RouteTemplate of(Route route) {
        List<String> wrong = new ArrayList<>();
        List<String> segments = List.of(route.template()
                .substring(Math.min(1, route.template().length()))
                .split("/", -1));
        List<String> variables = new ArrayList<>();
        checkValues(route, wrong);
        for (int i = 0; i < segments.size(); i++) {
            check(segments.get(i), i == segments.size() - 1, variables, wrong);
        }
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(
                    "routes: " + route.method() + " " + route.template() + ": " + String.join("; ", wrong));
        }
        return new RouteTemplate(segments, variables);
    }

    private static void checkValues(Route route, List<String> wrong) {
        require(METHOD.matcher(route.method()).matches(), "the method must be upper-case letters", wrong);
        require(route.template().startsWith("/"), "the template must begin with /", wrong);
        require(route.template().length() <= PathSegments.LONGEST, "the template is too long to be matched", wrong);
        require(!route.limitGroup().isBlank(), "the limit group must not be blank", wrong);
        require(route.cost() >= 1, "cost was " + route.cost() + " but must be at least 1", wrong);
        require(route.bodyLimit() >= 0, "body limit was " + route.bodyLimit() + " but must be at least 0", wrong);
        boolean timed = !route.deadline().isNegative()
                && !route.deadline().isZero()
                && route.deadline().toDays() < 1;
        require(timed, "deadline was " + route.deadline() + " but must be above 0 and below a day", wrong);
    }

    private static void check(String segment, boolean last, List<String> variables, List<String> wrong) {
        if (VARIABLE.matcher(segment).matches()) {
            String name = segment.substring(1, segment.length() - 1);
            require(!variables.contains(name), "the variable " + name + " comes twice", wrong);
            variables.add(name);
            return;
        }
        boolean dots = segment.equals(".") || segment.equals("..");
        boolean sound = (segment.isEmpty() && last) || (LITERAL.matcher(segment).matches() && !dots);
        require(sound, "segment '" + segment + "' must be plain text or one variable in braces", wrong);
    }

    private static void require(boolean holds, String otherwise, List<String> wrong) {
        if (!holds) {
            wrong.add(otherwise);
        }
    }

    static boolean isVariable(String segment) {
        return segment.startsWith("{");
    }
}
