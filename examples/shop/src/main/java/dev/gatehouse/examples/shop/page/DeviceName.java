// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.page;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a person calls the program that a User-Agent header describes. A help to recognise it, never evidence. */
final class DeviceName {

    private static final int LONGEST = 60;

    /** In this order: most browsers claim to be others as well. */
    private static final Map<String, String> BROWSERS =
            ordered("Edg/", "Edge", "OPR/", "Opera", "Firefox/", "Firefox", "Chrome/", "Chrome", "Safari/", "Safari");

    private static final Map<String, String> SYSTEMS = ordered(
            "Windows",
            "Windows",
            "Android",
            "Android",
            "iPhone",
            "iPhone",
            "iPad",
            "iPad",
            "Mac OS X",
            "Mac",
            "Linux",
            "Linux");

    private DeviceName() {}

    static String of(String userAgent) {
        String browser = first(BROWSERS, userAgent);
        String system = first(SYSTEMS, userAgent);
        if (browser.isEmpty()) {
            String text = userAgent.isBlank() ? "Unknown device" : userAgent;
            return text.substring(0, Math.min(LONGEST, text.length()));
        }
        return system.isEmpty() ? browser : browser + " on " + system;
    }

    private static String first(Map<String, String> names, String text) {
        return names.entrySet().stream()
                .filter(name -> text.contains(name.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    private static Map<String, String> ordered(String... pairs) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
