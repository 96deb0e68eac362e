// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;

/** Somebody without a mouse: gets anywhere by Tab, and knows what has the focus by what a screen reader would say. */
final class Keyboard {

    private static final int MOST_TABS = 40;

    private final Page page;
    private int loaded;

    Keyboard(Page page) {
        this.page = page;
        page.onDOMContentLoaded(now -> loaded++);
    }

    /** Tabs on until this has the focus, as role and name: {@code button "Sign in"}. It must show that it has it. */
    Keyboard to(String wanted) {
        List<String> met = new ArrayList<>();
        for (int i = 0; i < MOST_TABS; i++) {
            page.keyboard().press("Tab");
            String here = focused();
            met.add(here);
            if (here.startsWith(wanted)) {
                requireVisibleFocus(here);
                return this;
            }
        }
        throw new AssertionError("no way to " + wanted + " on " + page.url() + ", only to " + met);
    }

    private void requireVisibleFocus(String here) {
        Object outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle");
        if ("none".equals(outline)) {
            throw new AssertionError(here + " does not show that it has the focus");
        }
    }

    /** The role and the name of what has the focus, as a screen reader gets them. */
    String focused() {
        Locator focus = page.locator(":focus");
        return focus.count() == 0
                ? "nothing"
                : focus.ariaSnapshot().lines().findFirst().orElse("").replaceFirst("^- '?", "");
    }

    /** What a screen reader adds to the name of what has the focus. */
    String described() {
        return String.valueOf(page.evaluate("(document.activeElement.getAttribute('aria-describedby') || '').split(' ')"
                + ".filter(id => id).map(id => document.getElementById(id).textContent).join(' ')"));
    }

    Keyboard type(String text) {
        page.keyboard().type(text);
        return this;
    }

    Keyboard press(String key) {
        page.keyboard().press(key);
        return this;
    }

    /** Presses Enter and waits for the page that it leads to. */
    Keyboard enter() {
        int before = loaded;
        page.keyboard().press("Enter");
        page.waitForCondition(() -> loaded > before);
        return this;
    }

    /** Presses Enter where it leads within the page. */
    Keyboard jump() {
        page.keyboard().press("Enter");
        return this;
    }
}
