// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the public conformance suite of W3C Trace Context asks of a service, level 1 and 2, strict: a request comes in
 * with some headers, the service calls another one, and the headers of that call are looked at. The suite has 41 cases,
 * some of several requests; each request is one row here.
 */
class TraceContextConformanceTest {

    private static final String ID = "12345678901234567890123456789012";
    private static final String SPAN = "1234567890123456";
    private static final String PARENT = "00-" + ID + "-" + SPAN + "-00";

    /** The headers of the call that a request with these header lines leads to; each line is "name: value". */
    private static Map<String, String> callAfter(List<String> lines) {
        return OutgoingHeaders.of(serving(lines));
    }

    private static RequestContext serving(List<String> lines) {
        return RequestContext.NONE.withIncomingTrace(values(lines, "traceparent"), values(lines, "tracestate"));
    }

    /** Header names are case-insensitive; the server sees to that, as this does. */
    private static List<String> values(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.substring(0, line.indexOf(':')).equalsIgnoreCase(name))
                .map(line -> line.substring(line.indexOf(':') + 1))
                .toList();
    }

    private static TraceParent parentOf(Map<String, String> headers) {
        String header = headers.getOrDefault("traceparent", "");
        assertThat(header).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[0-3]");
        return TraceParent.parse(List.of(header)).orElseThrow();
    }

    private static List<String> lines(String... lines) {
        return Arrays.asList(lines);
    }

    static Stream<List<String>> continuesTheTrace() {
        String valid = "00-" + ID + "-" + SPAN + "-01";
        return Stream.of(
                lines("traceparent:" + valid),
                lines("TraceParent:" + valid),
                lines("TrAcEpArEnT:" + valid),
                lines("TRACEPARENT:" + valid),
                lines("traceparent:cc-" + ID + "-" + SPAN + "-01"),
                lines("traceparent:cc-" + ID + "-" + SPAN + "-01-what-the-future-will-be-like"),
                lines("traceparent: " + valid),
                lines("traceparent:\t" + valid),
                lines("traceparent:" + valid + " "),
                lines("traceparent:" + valid + "\t"),
                lines("traceparent:\t " + valid + " \t"));
    }

    @ParameterizedTest
    @MethodSource
    void continuesTheTrace(List<String> request) {
        TraceParent sent = parentOf(callAfter(request));
        assertThat(sent.traceId()).isEqualTo(ID);
        assertThat(sent.spanId()).isNotEqualTo(SPAN);
        assertThat(sent.sampled()).isTrue();
    }

    static Stream<List<String>> startsATraceOfItsOwn() {
        return Stream.concat(
                Stream.of(lines(), lines("trace-parent:" + PARENT), lines("trace.parent:" + PARENT)),
                Stream.of(
                                "00-" + ID + "-" + SPAN + "-01.",
                                "00-" + ID + "-" + SPAN + "-01-what-the-future-will-be-like",
                                "cc-" + ID + "-" + SPAN + "-01.what-the-future-will-be-like",
                                "ff-" + ID + "-" + SPAN + "-01",
                                ".0-" + ID + "-" + SPAN + "-01",
                                "0.-" + ID + "-" + SPAN + "-01",
                                "000-" + ID + "-" + SPAN + "-01",
                                "0000-" + ID + "-" + SPAN + "-01",
                                "0-" + ID + "-" + SPAN + "-01",
                                "00-00000000000000000000000000000000-" + SPAN + "-01",
                                "00-.2345678901234567890123456789012-" + SPAN + "-01",
                                "00-1234567890123456789012345678901.-" + SPAN + "-01",
                                "00-" + ID + "3-" + SPAN + "-01",
                                "00-1234567890123456789012345678901-" + SPAN + "-01",
                                "00-" + ID + "-0000000000000000-01",
                                "00-" + ID + "-.234567890123456-01",
                                "00-" + ID + "-123456789012345.-01",
                                "00-" + ID + "-" + SPAN + "7-01",
                                "00-" + ID + "-123456789012345-01",
                                "00-" + ID + "-" + SPAN + "-.0",
                                "00-" + ID + "-" + SPAN + "-0.",
                                "00-" + ID + "-" + SPAN + "-001",
                                "00-" + ID + "-" + SPAN + "-1")
                        .map(value -> lines("traceparent:" + value)));
    }

    @ParameterizedTest
    @MethodSource
    void startsATraceOfItsOwn(List<String> request) {
        TraceParent sent = parentOf(callAfter(request));
        assertThat(sent.traceId()).isNotEqualTo(ID).doesNotMatch("0+");
        assertThat(sent.flags()).isEqualTo(TraceParent.RANDOM_TRACE_ID);
    }

    @Test
    void startsATraceOfItsOwnWhenTwoParentsAreGiven() {
        String other = "12345678901234567890123456789011";
        List<String> request = lines("traceparent:00-" + other + "-" + SPAN + "-01", "traceparent:" + PARENT);
        assertThat(parentOf(callAfter(request)).traceId()).isNotIn(ID, other);
    }

    @Test
    void discardsTheStateOfARequestWithoutParent() {
        assertThat(callAfter(lines("tracestate:foo=1,bar=2"))).doesNotContainKey("tracestate");
    }

    @Test
    void discardsTheStateOfARequestWithAnInvalidParent() {
        assertThat(callAfter(lines("traceparent:ff-" + ID + "-" + SPAN + "-00", "tracestate:foo=1")))
                .doesNotContainKey("tracestate");
    }

    record State(List<String> sent, String expected) {
        static State of(String expected, String... sent) {
            return new State(Arrays.asList(sent), expected);
        }
    }

    static Stream<State> passesTheStateOn() {
        String anyValue = IntStream.rangeClosed(0x20, 0x7e)
                .filter(c -> c != ',' && c != '=')
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
        String anyKey = "abcdefghijklmnopqrstuvwxyz0123456789_-*/";
        return Stream.of(
                State.of("foo=1,bar=2", "foo=1,bar=2"),
                State.of("foo=1", "foo=1", ""),
                State.of("foo=1", "", "foo=1"),
                State.of("foo=1,bar=2,rojo=1,congo=2,baz=3", "foo=1,bar=2", "rojo=1,congo=2", "baz=3"),
                State.of("foo=1", "foo=1,foo=1"),
                State.of("foo=1", "foo=1,foo=2"),
                State.of("foo=1", "foo=1", "foo=1"),
                State.of("foo=1", "foo=1", "foo=2"),
                State.of(anyKey + "=" + anyValue, anyKey + "=" + anyValue),
                State.of(anyKey + "@a-z0-9_-*/=" + anyValue, anyKey + "@a-z0-9_-*/=" + anyValue),
                State.of("foo=1,bar=2,baz=3", "foo=1 \t , \t bar=2, \t baz=3"),
                State.of("foo=1,bar=2,baz=3", "foo=1\t \t,\t \tbar=2,\t \tbaz=3"),
                State.of("foo=1", " foo=1"),
                State.of("foo=1", "\tfoo=1"),
                State.of("foo=1", "foo=1 "),
                State.of("foo=1", "foo=1\t"),
                State.of("foo=1", "\t foo=1 \t"),
                State.of("foo@=1,bar=2", "foo@=1,bar=2"),
                State.of("foo@@bar=1,bar=2", "foo@@bar=1,bar=2"),
                State.of("foo@bar@baz=1,bar=2", "foo@bar@baz=1,bar=2"),
                State.of(members(32), members(10), members(11, 20), members(21, 30), members(31, 32)),
                State.of("foo=1," + "z".repeat(256) + "=1", "foo=1", "z".repeat(256) + "=1"),
                State.of("foo=1," + key(241, 14) + "=1", "foo=1", key(241, 14) + "=1"),
                State.of("foo=1," + key(242, 1) + "=1", "foo=1", key(242, 1) + "=1"),
                State.of("foo=1," + key(1, 15) + "=1", "foo=1", key(1, 15) + "=1"));
    }

    @ParameterizedTest
    @MethodSource
    void passesTheStateOn(State state) {
        Map<String, String> call = callAfter(withParent(state.sent()));
        assertThat(parentOf(call).traceId()).isEqualTo(ID);
        assertThat(call).containsEntry("tracestate", state.expected());
    }

    static Stream<List<String>> discardsTheStateButKeepsTheTrace() {
        return Stream.of(
                lines(""),
                lines("foo =1"),
                lines("FOO=1"),
                lines("foo.bar=1"),
                lines("@foo=1,bar=2"),
                lines(members(10), members(11, 20), members(21, 30), members(31, 33)),
                lines("foo=1", "z".repeat(257) + "=1"),
                lines("foo=bar=baz"),
                lines("foo=,bar=3"));
    }

    @ParameterizedTest
    @MethodSource
    void discardsTheStateButKeepsTheTrace(List<String> state) {
        Map<String, String> call = callAfter(withParent(state));
        assertThat(parentOf(call).traceId()).isEqualTo(ID);
        assertThat(call).doesNotContainKey("tracestate");
    }

    @ParameterizedTest
    @MethodSource("stateNames")
    void readsTheStateUnderItsNameInAnyCaseAndUnderNoOther(String name, boolean read) {
        Map<String, String> call = callAfter(lines("traceparent:" + PARENT, name + ":foo=1"));
        assertThat(call.containsKey("tracestate")).isEqualTo(read);
    }

    static Stream<Arguments> stateNames() {
        return Stream.of(
                Arguments.of("TraceState", true),
                Arguments.of("TrAcEsTaTe", true),
                Arguments.of("TRACESTATE", true),
                Arguments.of("trace-state", false),
                Arguments.of("trace.state", false));
    }

    static Stream<List<String>> givesEachOfSeveralCallsASpanOfItsOwn() {
        return Stream.of(
                lines("traceparent:00-" + ID + "-" + SPAN + "-01"),
                lines(),
                lines("traceparent:00-00000000000000000000000000000000-" + SPAN + "-01"));
    }

    @ParameterizedTest
    @MethodSource
    void givesEachOfSeveralCallsASpanOfItsOwn(List<String> request) {
        RequestContext context = serving(request);
        Set<String> traces = new HashSet<>();
        Set<String> spans = new HashSet<>();
        for (int call = 0; call < 3; call++) {
            TraceParent sent = parentOf(OutgoingHeaders.of(context));
            traces.add(sent.traceId());
            spans.add(sent.spanId());
        }
        assertThat(traces).hasSize(1).doesNotContain("0".repeat(32));
        assertThat(spans).hasSize(3);
    }

    @Test
    void passesTheRandomFlagOn() {
        TraceParent sent = parentOf(callAfter(lines("traceparent:00-" + ID + "-" + SPAN + "-02")));
        assertThat(sent).extracting(TraceParent::traceId, TraceParent::flags).containsExactly(ID, 2);
    }

    private static List<String> withParent(List<String> states) {
        List<String> lines = new ArrayList<>(List.of("traceparent:" + PARENT));
        states.forEach(state -> lines.add("tracestate:" + state));
        return lines;
    }

    private static String key(int before, int after) {
        return "t".repeat(before) + "@" + "v".repeat(after);
    }

    private static String members(int last) {
        return members(1, last);
    }

    private static String members(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(i -> String.format("bar%02d=%02d", i, i))
                .collect(Collectors.joining(","));
    }
}
