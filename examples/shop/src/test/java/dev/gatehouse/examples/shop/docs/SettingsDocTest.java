// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.docs;

import dev.gatehouse.examples.shop.config.ShopConfig;
import dev.gatehouse.testing.DocumentedSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SettingsDocTest {

    @Test
    void theTableOfSettingsIsTheOneTheCodeMakes() {
        DocumentedSettings.assertUpToDate(Path.of("../../docs/guide/settings.md"), ShopConfig.definition());
    }
}
