// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.page;

/** HTML that cannot be broken out of. */
public final class Html {

    private Html() {}

    /** {@code raw} as text or as a quoted attribute's value. */
    public static String text(String raw) {
        StringBuilder safe = new StringBuilder(raw.length() + 16);
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            switch (c) {
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '&' -> safe.append("&amp;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.append(c);
            }
        }
        return safe.toString();
    }

    /** A whole page; {@code body} is HTML already. */
    public static String page(String title, String body) {
        return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width\"><title>" + text(title)
                + " – Corner Shop</title></head><body><main><h1>" + text(title) + "</h1>\n" + body
                + "</main></body></html>\n";
    }
}
