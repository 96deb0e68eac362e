// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop;

import java.util.Map;

class JourneyOnH2Test extends JourneyContract {

    @Override
    Map<String, String> database() {
        return Map.of();
    }
}
