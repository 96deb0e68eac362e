// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            quoteCharacter = '`',
            value = {
                "SELECT * FROM t WHERE a=1 → select * from t where a = ?",
                "select  *\tfrom T  where A = 'x' → select * from t where a = ?",
                "SELECT a.b, count(*) FROM s.t a → select a.b, count(*) from s.t a",
                "INSERT INTO t (a, b) VALUES (?, ?) → insert into t(a, b) values(?)",
                "INSERT INTO t VALUES (1, now()), (2, now()), (3, now()) → insert into t values(?, now())",
                "INSERT INTO t VALUES (1, 'a'), (2, 'b') → insert into t values(?)",
                "SELECT 1 WHERE a IN (1, 2, 3) → select ? where a in(?)",
                "SELECT 1 WHERE a IN (-1, +2, - 3) → select ? where a in(?)",
                "SELECT a - 1, b -1, c*-1 → select a - ?, b - ?, c * ?",
                "SELECT a WHERE b=-1.5e-7 AND c > .5 → select a where b = ? and c > ?",
                "SELECT 0xCAFE, 1_000, 12e3, 1.2.3 → select ?",
                "SELECT t1.c2 FROM t1 → select t1.c2 from t1",
                "SELECT x::text, '{}'::jsonb ->> 'a' → select x::text, ?::jsonb ->> ?",
                "SELECT a[1:2] FROM t → select a[?:?] from t",
                "UPDATE t SET a = $1, b = $2 WHERE c = $3 → update t set a = ?, b = ? where c = ?",
                "{call charge(?, 'visa')} → { call charge(?) }",
                "SELECT a || 'x' || b → select a || ? || b",
                "SELECT \"Ünï Çode\" FROM straße WHERE ß = 'x' → select \"Ünï Çode\" from straße where ß = ?",
            })
    void tellsStatementsApartByTheirShape(String sql, String fingerprint) {
        assertThat(Fingerprint.of(sql)).isEqualTo(fingerprint);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 'hunter2'",
                "SELECT 'it''s hunter2'",
                "SELECT '\\'",
                "SELECT E'\\'hunter2'",
                "SELECT e'a\\\\', E'\\\\\\'hunter2'",
                "SELECT N'hunter2', B'0101', x'CAFE', U&'hunter2'",
                "SELECT $$hunter2$$",
                "SELECT $tag$ $$ ' hunter2 $tag$",
                "SELECT $tag$ hunter2 $tag",
                "SELECT $äß$hunter2$äß$",
                "SELECT /* 'hunter2 */ 1",
                "SELECT /* /* hunter2 */ still hunter2 */ 1",
                "SELECT 1 -- hunter2",
                "SELECT 1 --hunter2\r\n",
                "SELECT a/*hunter2*/-/*hunter2*/1",
                "SELECT 'hunter2",
                "SELECT E'hunter2\\",
                "SELECT \"hunter2",
                "SELECT /* hunter2",
                "SELECT 'a'\n'hunter2'",
                "SELECT 'a' 'hunter2' b",
                "ALTER USER shop PASSWORD 'hunter2'",
            })
    void showsNoLiteral(String sql) {
        assertThat(Fingerprint.of(sql)).doesNotContain("hunter2").doesNotContain("CAFE");
    }

    @Test
    void aStringThatLooksLikeACommentIsAString() {
        assertThat(Fingerprint.of("SELECT '--', '/*', a FROM t WHERE b = '*/'"))
                .isEqualTo("select ?, a from t where b = ?");
    }

    @Test
    void aCommentWithinAnOperatorEndsIt() {
        assertThat(Fingerprint.of("SELECT a+/* x */b, c<--d\n5")).isEqualTo("select a + b, c < ?");
    }

    @Test
    void staysShortWhateverComes() {
        String names = "SELECT " + "a_long_name, ".repeat(10_000) + "x";
        String deep = "SELECT " + "(".repeat(50_000);
        String word = "SELECT " + "x".repeat(100_000);
        String list = "SELECT 1 WHERE a IN (" + "'x', ".repeat(10_000) + "'x')";

        assertThat(Fingerprint.of(names)).hasSizeLessThan(1_100).endsWith("…");
        assertThat(Fingerprint.of(deep)).hasSizeLessThan(1_100);
        assertThat(Fingerprint.of(word)).hasSizeLessThan(200);
        assertThat(Fingerprint.of(list)).isEqualTo("select ? where a in(?)");
    }

    @Test
    void holdsNoLineBreakOrControlCharacter() {
        assertThat(Fingerprint.of("SELECT \"a\nb\u2028c\", d\u0000e\u001b[31m FROM\u0085t"))
                .doesNotContainPattern("[\\p{Cntrl}\u2028\u2029\u0085]");
    }

    @Test
    void nothingIsAFingerprintToo() {
        assertThat(Fingerprint.of("")).isEmpty();
        assertThat(Fingerprint.of(" -- only a remark")).isEmpty();
    }
}
