// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.page;

import java.util.Map;
import java.util.Optional;

/** What a page says of the action that led to it. The address carries a word; only texts of ours are ever shown. */
final class Notices {

    private static final String PARAMETER = "done=";

    private static final Map<String, String> TEXTS = Map.ofEntries(
            Map.entry("device", "That device is signed out."),
            Map.entry("devices", "All other devices are signed out."),
            Map.entry("password", "Your password is changed. All other devices are signed out."),
            Map.entry("reset", "Your password is changed and every device is signed out. Sign in with the new one."),
            Map.entry("factor-off", "Your second factor is removed. All other devices are signed out."),
            Map.entry("key-ended", "The key is revoked."),
            Map.entry("limit-answered", "Your answer holds on every instance within a second."),
            Map.entry("limit-asked", "We have your request. What we grant shows here."),
            Map.entry("feature-switched", "That holds on every instance within a second."),
            Map.entry("removal-approved", "Approved. They go a day later, after a newer backup was made."),
            Map.entry("removal-withdrawn", "That backup stays."),
            Map.entry("factor-used", "Your second factor counts in this session now."),
            Map.entry("unlocked", "Sign in from this device now; what others try here counts no more."));

    private Notices() {}

    /** The way to {@code page}, which then says {@code word}'s text. */
    static String at(String page, String word) {
        if (!TEXTS.containsKey(word)) {
            throw new IllegalArgumentException("no notice is called " + word);
        }
        return page + "?" + PARAMETER + word;
    }

    /** The text that this query asks for; empty when it asks for none of ours. */
    static String of(Optional<String> query) {
        String text = query.orElse("");
        return text.startsWith(PARAMETER) ? TEXTS.getOrDefault(text.substring(PARAMETER.length()), "") : "";
    }
}
