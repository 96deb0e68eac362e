// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.errors;

import dev.gatehouse.context.RequestId;
import java.util.Map;

/**
 * A browser's report, cut to size. Every part is text from a stranger.
 *
 * @param message what went wrong, at most 500 characters
 * @param source the script or page, without query and fragment, at most 300 characters
 * @param position line and column, {@code 12:34}, or empty
 * @param stack the stack as the browser gave it, at most 4,000 characters
 * @param requestId the request that the page belongs to, empty when it is no ID
 */
record ClientReport(String message, String source, String position, String stack, String requestId) {

    static ClientReport of(Map<?, ?> fields) {
        String id = text(fields, "requestId", RequestId.MAX_LENGTH + 1);
        return new ClientReport(
                text(fields, "message", 500),
                withoutQuery(text(fields, "source", 300)),
                position(fields),
                text(fields, "stack", 4000),
                RequestId.isAcceptable(id) ? id : "");
    }

    private static String text(Map<?, ?> fields, String name, int length) {
        String value = fields.get(name) instanceof String text ? text : "";
        return value.length() > length ? value.substring(0, length) : value;
    }

    // A page's query may hold a token of its user.
    private static String withoutQuery(String address) {
        int end = 0;
        while (end < address.length() && address.charAt(end) != '?' && address.charAt(end) != '#') {
            end++;
        }
        return address.substring(0, end);
    }

    private static String position(Map<?, ?> fields) {
        return fields.get("line") instanceof Long line && fields.get("column") instanceof Long column
                ? line + ":" + column
                : "";
    }

    ErrorLog.Sighting sighting() {
        // Digits differ between two sights of one error: IDs, prices, positions.
        String shape = message.replaceAll("[0-9]+", "#");
        String fingerprint = Fingerprint.hash("browser\n" + shape + "\n" + source);
        return new ErrorLog.Sighting(fingerprint, "browser", message, source);
    }
}
