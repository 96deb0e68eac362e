// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.format;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatehouse.backup.format.Manifest.Artifact;

class ManifestFuzzTest {

    // Plain conditions: the fuzzer instruments every class it meets, an assertion library's included.
    @FuzzTest(maxDuration = "2s")
    void readsAnyBytesOrRefusesThem(byte[] bytes) {
        check(bytes);
    }

    /** Whatever is read as a manifest can be written as one, and its artifacts stay within their folder. */
    static void check(byte[] bytes) {
        if (ManifestReader.read(bytes) instanceof Decoded.Value<Manifest> read) {
            require(ManifestReader.read(ManifestJson.write(read.value())).equals(read), "not the same when read again");
            for (Artifact artifact : read.value().artifacts()) {
                require(artifact.name().matches("[A-Za-z0-9][A-Za-z0-9._-]*"), artifact.name());
            }
        }
    }

    private static void require(boolean condition, String problem) {
        if (!condition) {
            throw new IllegalStateException(problem);
        }
    }
}
