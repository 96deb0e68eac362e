// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.context;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any text at all is read without throwing, and judged just as the grammars of the specification do, here in the form of
 * regular expressions.
 */
class TraceContextFuzzTest {

    private static final Pattern PARENT = Pattern.compile(
            "[ \\t]*(00-X|(?!00|ff)[0-9a-f]{2}-X(-.*)?)[ \\t]*"
                    .replace("X", "(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}"),
            Pattern.DOTALL);
    private static final Pattern MEMBER =
            Pattern.compile("[a-z0-9][a-z0-9_*/@-]{0,255}=[\\x20-\\x7e&&[^,=]]{0,255}[\\x21-\\x7e&&[^,=]]");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** Header lines, one below the other. */
    static Stream<byte[]> headers() {
        return Stream.of(
                        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                        "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-03-more",
                        "foo=1,bar=2\nbaz@x=a b\n,\t ,\n1=~",
                        "a=1,a=2\na=3",
                        "01HZX4M2Q6-request.id_1")
                .map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @MethodSource("headers")
    @FuzzTest(maxDuration = "60s")
    void readsAnyHeaders(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        checkParent(text);
        checkState(List.of(text.split("\n", -1)));
        assertThat(RequestId.isAcceptable(text)).isEqualTo(ID.matcher(text).matches());
    }

    @Test
    void readsManyDamagedHeaders() {
        Random random = new Random(4_627);
        headers().forEach(header -> {
            for (int i = 0; i < 5_000; i++) {
                byte[] damaged = header.clone();
                for (int damage = random.nextInt(3); damage >= 0; damage--) {
                    damaged[random.nextInt(damaged.length)] = (byte) "09afz-=, @\tA".charAt(random.nextInt(12));
                }
                readsAnyHeaders(damaged);
            }
        });
    }

    private static void checkParent(String line) {
        var parent = TraceParent.parse(List.of(line));
        assertThat(parent.isPresent()).isEqualTo(PARENT.matcher(line).matches());
        parent.ifPresent(
                read -> assertThat(TraceParent.parse(List.of(read.toHeader()))).contains(read));
    }

    private static void checkState(List<String> lines) {
        TraceState state = TraceState.parse(lines);
        assertThat(state.toHeader()).hasSizeLessThanOrEqualTo(TraceState.MAX_LENGTH);
        assertThat(TraceState.parse(List.of(state.toHeader()))).isEqualTo(state);
        List<String> members = lines.stream()
                .flatMap(line -> Stream.of(line.split(",", -1)))
                .map(member -> member.replaceAll("^[ \\t]+|[ \\t]+$", ""))
                .filter(member -> !member.isEmpty())
                .toList();
        boolean valid = members.size() <= TraceState.MAX_MEMBERS
                && members.stream().allMatch(member -> MEMBER.matcher(member).matches());
        if (!valid || members.isEmpty()) {
            assertThat(state.isEmpty()).isTrue();
        } else if (String.join(",", members).length() <= TraceState.MAX_LENGTH) {
            assertThat(members).containsAll(List.of(state.toHeader().split(",")));
        }
    }
}
