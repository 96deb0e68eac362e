// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.context;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The {@code tracestate} of W3C Trace Context level 2: what the tracing systems along the way say of their position in
 * the trace, the latest first. Immutable and thread-safe.
 *
 * <p>At most {@value #MAX_MEMBERS} members and {@value #MAX_LENGTH} characters are carried. What is longer is cut by
 * whole members as the specification advises: those above 128 characters first, then from the end.
 */
public final class TraceState {

    /** The most members that a list may have; one with more is discarded. */
    public static final int MAX_MEMBERS = 32;

    /** The most characters that are sent on. */
    public static final int MAX_LENGTH = 512;

    /** No members; nothing is sent. */
    public static final TraceState EMPTY = new TraceState(List.of());

    private static final int LONG_MEMBER = 128;

    private final List<String> members;
    private final String header;

    private TraceState(List<String> members) {
        this.members = members;
        this.header = String.join(",", members);
    }

    /**
     * Reads the {@code tracestate} header lines of one request, in the order they came. {@link #EMPTY} when there is
     * nothing in them or when anything in them is invalid. Of two members with one key the first stays, which is the
     * later position. Never throws on any text.
     */
    public static TraceState parse(List<String> lines) {
        List<String> members = lines.isEmpty() ? List.of() : TraceStateParser.parse(lines);
        return members.isEmpty() ? EMPTY : new TraceState(fitted(members));
    }

    private static List<String> fitted(List<String> members) {
        int excess = length(members) - MAX_LENGTH;
        if (excess <= 0) {
            return List.copyOf(members);
        }
        List<String> kept = new ArrayList<>(members);
        for (int i = kept.size() - 1; i >= 0 && excess > 0; i--) {
            if (kept.get(i).length() > LONG_MEMBER) {
                excess -= kept.remove(i).length() + 1;
            }
        }
        while (excess > 0) {
            excess -= kept.remove(kept.size() - 1).length() + 1;
        }
        return List.copyOf(kept);
    }

    private static int length(List<String> members) {
        int length = members.size() - 1;
        for (String member : members) {
            length += member.length();
        }
        return length;
    }

    /** Whether there is nothing to send. */
    public boolean isEmpty() {
        return members.isEmpty();
    }

    /** The value of {@code key}'s member. */
    public Optional<String> get(String key) {
        String start = key + '=';
        return members.stream()
                .filter(member -> member.startsWith(start))
                .map(member -> member.substring(start.length()))
                .findFirst();
    }

    /**
     * A copy in which {@code key} has {@code value} and stands first, as whoever changes a member must do. Refuses what
     * the specification does not allow; when the list would become too long, members fall off its end.
     */
    public TraceState with(String key, String value) {
        String member = key + '=' + value;
        List<String> only = TraceStateParser.parse(List.of(member));
        if (!only.equals(List.of(member))) {
            throw new IllegalArgumentException("tracestate: key or value is not one that Trace Context level 2 allows");
        }
        List<String> changed = new ArrayList<>(only);
        members.stream().filter(other -> !other.startsWith(key + '=')).forEach(changed::add);
        return new TraceState(fitted(changed.subList(0, Math.min(changed.size(), MAX_MEMBERS))));
    }

    /** The header value to send, without optional white space; empty when there is nothing to send. */
    public String toHeader() {
        return header;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TraceState that && header.equals(that.header);
    }

    @Override
    public int hashCode() {
        return header.hashCode();
    }

    @Override
    public String toString() {
        return header;
    }
}
