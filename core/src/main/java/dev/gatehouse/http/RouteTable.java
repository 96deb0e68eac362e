// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The routes compiled for matching: whole paths without variables in one hash table, which costs no allocation, all of
 * them in a tree of segments. A literal segment goes before a variable one; among those that fit, the first that has the
 * method is it. Each node is visited at most once, so that no path makes matching slow. Immutable and thread-safe.
 */
final class RouteTable {

    private static final Match NOT_FOUND = new Match.Refused(Problems.notFound());
    private static final Match BAD_PATH = new Match.Refused(Problems.badPath());
    private static final Match TOO_LONG = new Match.Refused(Problems.pathTooLong(PathSegments.LONGEST));
    private static final String[] NO_VARIABLES = {};

    private final Map<String, Node> whole = new HashMap<>();
    private final Node root = new Node();

    RouteTable(List<Route> routes) {
        for (Route route : routes) {
            add(route, RouteTemplate.of(route));
        }
    }

    private void add(Route route, RouteTemplate template) {
        Node node = root;
        for (String segment : template.segments()) {
            node = node.child(segment);
        }
        String[] names = template.variables().toArray(NO_VARIABLES);
        Route twin = node.put(new Match.Found(route, names, NO_VARIABLES));
        if (twin != null) {
            throw new IllegalArgumentException("routes: " + route.method() + " " + route.template()
                    + " has the same method and shape as " + twin.template() + "; remove one");
        }
        if (names.length == 0) {
            whole.put(route.template(), node);
        }
    }

    Match match(String method, String path) {
        Node exact = whole.get(path);
        Match found = exact == null ? null : exact.find(method);
        return found != null ? found : search(method, path);
    }

    private Match search(String method, String path) {
        if (path.length() > PathSegments.LONGEST) {
            return TOO_LONG;
        }
        String[] segments = PathSegments.of(path);
        if (segments.length == 0) {
            return BAD_PATH;
        }
        Search search = new Search(method, segments);
        Match.Found found = search.from(root, 0);
        return found != null ? search.withValues(found) : search.nothing();
    }

    /** One segment's place in the tree. Filled while the table is built. */
    private static final class Node {

        private final Map<String, Node> literals = new HashMap<>();
        private final Map<String, Match.Found> methods = new HashMap<>();
        private @Nullable Node variable;

        Node child(String segment) {
            if (!RouteTemplate.isVariable(segment)) {
                return literals.computeIfAbsent(segment, literal -> new Node());
            }
            variable = variable == null ? new Node() : variable;
            return variable;
        }

        @Nullable Route put(Match.Found found) {
            Match.Found twin = methods.putIfAbsent(found.route().method(), found);
            return twin == null ? null : twin.route();
        }

        Match.@Nullable Found find(String method) {
            Match.Found found = methods.get(method);
            return found == null && method.equals("HEAD") ? methods.get("GET") : found;
        }
    }

    /** One look through the tree. */
    private static final class Search {

        private final String method;
        private final String[] segments;
        private final String[] taken;
        private final Set<String> allowed = new TreeSet<>();

        Search(String method, String[] segments) {
            this.method = method;
            this.segments = segments;
            this.taken = new String[segments.length];
        }

        Match.@Nullable Found from(Node node, int depth) {
            return from(node, depth, 0);
        }

        private Match.@Nullable Found from(Node node, int depth, int variables) {
            if (depth == segments.length) {
                allowed.addAll(node.methods.keySet());
                return node.find(method);
            }
            Node literal = node.literals.get(segments[depth]);
            Match.Found found = literal == null ? null : from(literal, depth + 1, variables);
            if (found != null || node.variable == null || segments[depth].isEmpty()) {
                return found;
            }
            taken[variables] = segments[depth];
            return from(node.variable, depth + 1, variables + 1);
        }

        Match withValues(Match.Found found) {
            String[] names = found.names();
            return names.length == 0
                    ? found
                    : new Match.Found(found.route(), names, Arrays.copyOf(taken, names.length));
        }

        Match nothing() {
            if (allowed.isEmpty()) {
                return NOT_FOUND;
            }
            if (allowed.contains("GET")) {
                allowed.add("HEAD");
            }
            allowed.add("OPTIONS");
            String allow = String.join(", ", allowed);
            return method.equals("OPTIONS")
                    ? new Match.Options(allow)
                    : new Match.Refused(Problems.methodNotAllowed(allow));
        }
    }
}
