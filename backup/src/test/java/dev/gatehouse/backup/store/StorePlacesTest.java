// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorePlacesTest {

    @TempDir
    Path folder;

    @Test
    void opensADirectoryByPathAndByAddress() throws IOException {
        for (String place : List.of(folder.toString(), folder.toUri().toString())) {
            assertThat(StoreFactory.open(place, Map.of()).list(ObjectName.of("v1")))
                    .isEmpty();
        }
    }

    @Test
    void takesAMissingDirectoryForAMistypedOne() {
        assertThatThrownBy(() -> StoreFactory.open(folder.resolve("sotre").toString(), Map.of()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is not a directory");
        assertThat(folder.resolve("sotre")).doesNotExist();
    }

    @Test
    void saysWhichSchemesAreKnown() {
        assertThatThrownBy(() -> StoreFactory.open("gs://bucket/prefix", Map.of()))
                .hasMessageContaining("opens gs:")
                .hasMessageContaining("known are file");
    }

    @Test
    void refusesCredentialsInAnAddress() {
        assertThatThrownBy(() -> StoreFactory.open("s3://key:secret@bucket/prefix", Map.of()))
                .hasMessageContaining("in the environment")
                .hasMessageNotContaining("secret");
    }
}
