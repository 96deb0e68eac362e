// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.backup.format.Manifest.Artifact;
import dev.gatehouse.backup.format.Manifest.Chunk;
import dev.gatehouse.backup.format.Manifest.Previous;
import dev.gatehouse.backup.format.Manifest.Timing;
import dev.gatehouse.backup.source.Facts;
import dev.gatehouse.backup.source.Invariant;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileManifestTest {

    private static final String SHA = "0123456789abcdef".repeat(4);

    static Manifest manifest() {
        Instant at = Instant.parse("2026-01-01T00:00:00Z");
        return new Manifest(
                "a".repeat(32),
                "shop",
                "b".repeat(32),
                2,
                Optional.of(new Previous(1, "c".repeat(32), SHA)),
                new Timing(at, at, 5),
                "H2 2.5",
                Facts.of(Map.of("schema", SHA, "rows PUBLIC.Ä\"ORDERS", "3")),
                List.of(new Invariant("money", "SELECT SUM(x)\nFROM t")),
                List.of("images/a.png changed while it was read"),
                List.of(new Artifact("database.mv.db", 7, List.of(new Chunk(7, SHA, 90, SHA)))));
    }

    private static String json() {
        return new String(ManifestJson.write(manifest()), StandardCharsets.UTF_8);
    }

    private static Decoded<Manifest> read(String json) {
        return ManifestReader.read(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsBackWhatItWrites() {
        assertThat(read(json())).isEqualTo(new Decoded.Value<>(manifest()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "database.mv.db|../database.mv.db",
                "database.mv.db|/etc/passwd",
                "database.mv.db|..",
                "database.mv.db|a..b",
                "database.mv.db|.hidden",
                "database.mv.db|a\\\\b",
                "database.mv.db|con\\u0000",
                "\"version\":1|\"version\":2",
                "\"version\":1|\"version\":1.5",
                "gatehouse-backup|gatehouse",
                "\"bytes\":7|\"bytes\":8",
                "\"bytes\":7|\"bytes\":-7",
                "\"plainBytes\":7|\"plainBytes\":1073741825",
                "\"plainBytes\":7|\"plainBytes\":0",
                "\"plainBytes\":7|\"plainBytes\":1e400",
                "\"sequence\":2|\"sequence\":0",
                "\"sequence\":2|\"sequence\":9223372036854775807",
                "2026-01-01T00:00:00Z|yesterday",
                "\"tookMillis\":5|\"tookMillis\":5,\"more\":1",
                "\"tookMillis\":5|\"tookMillis\":5,\"tookMillis\":6",
                "\"name\":\"money\"|\"name\":\"MONEY!\"",
                "\"artifacts\":[{|\"artifacts\":[{\"x\":1,",
                "\"kind\":\"copy\"|\"kind\":\"base\"",
                "\"engine\"|\"engines\""
            })
    void refusesWhatTheFormatDoesNotAllow(String good, String bad) {
        assertThat(json()).contains(good);
        assertThat(read(json().replace(good, bad))).isInstanceOf(Decoded.Malformed.class);
    }

    @Test
    void refusesTwoArtifactsOfOneName() {
        String artifact = json().replaceAll(".*\"artifacts\":\\[(.*)]}", "$1");
        assertThat(read(json().replace("\"artifacts\":[", "\"artifacts\":[" + artifact + ",")))
                .isInstanceOf(Decoded.Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{}", "[]", "null", "\"\"", "{\"format\":\"gatehouse-backup\",\"version\":1}", "[[[[[["})
    void refusesWhatIsNoManifest(String json) {
        assertThat(read(json)).isInstanceOf(Decoded.Malformed.class);
    }

    @Test
    void neverThrowsOnDamagedOnes() {
        Random random = new Random(7);
        byte[] good = json().getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 5_000; i++) {
            byte[] bad = good.clone();
            for (int n = random.nextInt(4); n >= 0; n--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            ManifestFuzzTest.check(bad);
        }
    }
}
