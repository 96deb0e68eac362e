// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.page;

import io.nayuki.qrcodegen.QrCode.Ecc;
import java.util.Map;

/**
 * A QR code as one path of an SVG drawing, dark modules as unit squares: it is part of the page, so neither the secret
 * nor a request for a picture leaves it.
 */
final class QrCode {

    /** The margin that readers need, in modules (ISO/IEC 18004). */
    private static final int QUIET = 4;

    private QrCode() {}

    /** What the template draws. */
    static Map<String, Object> of(String text) {
        io.nayuki.qrcodegen.QrCode code = io.nayuki.qrcodegen.QrCode.encodeText(text, Ecc.MEDIUM);
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < code.size; y++) {
            for (int x = 0; x < code.size; x++) {
                if (code.getModule(x, y)) {
                    path.append('M')
                            .append(x + QUIET)
                            .append(' ')
                            .append(y + QUIET)
                            .append("h1v1h-1z");
                }
            }
        }
        return Map.of("side", code.size + 2 * QUIET, "path", path.toString());
    }
}
