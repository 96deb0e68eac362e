// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where the rows of a table may be cut. */
class RowsTest {

    private static boolean endsRow(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Rows rows = new Rows();
        rows.begin("COPY t FROM stdin");
        assertThat(rows.take(new DumpInput(new ByteArrayInputStream(bytes)), bytes.length))
                .isEqualTo(bytes.length);
        return rows.endsRow();
    }

    @Test
    void behindALineFeed() throws Exception {
        for (String rows : List.of("1\ta\n", "\n", "1\n\n", "\\\\n\n", ".\n")) {
            assertThat(endsRow(rows)).as(rows).isTrue();
        }
    }

    @Test
    void nowhereElse() throws Exception {
        for (String rows : List.of("1\ta", "1\\n", "1\n2", "1\r")) {
            assertThat(endsRow(rows)).as(rows).isFalse();
        }
    }

    /** The mark and two empty lines come from pg_dump in pieces of any size; an empty line alone is a row of no text. */
    @Test
    void notBehindTheMarkOfTheEnd() throws Exception {
        for (String rows : List.of("1\n\\.\n", "1\n\\.\n\n", "\\.\n", "\\.\n\n")) {
            assertThat(endsRow(rows)).as(rows).isFalse();
        }
    }

    @Test
    void notWhereThereAreNone() {
        Rows rows = new Rows();
        rows.begin("COPY t FROM stdin");
        assertThat(rows.endsRow()).isFalse();
        assertThat(rows.isEmpty()).isTrue();
    }
}
