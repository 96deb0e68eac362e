// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.page;

import dev.gatehouse.examples.shop.web.Answer;
import dev.gatehouse.examples.shop.web.Handler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The style sheet and the script of the pages, read once. */
final class Assets {

    private Assets() {}

    static Handler css() {
        return asset("shop.css", "text/css; charset=utf-8");
    }

    static Handler script() {
        return asset("errors.js", "text/javascript; charset=utf-8");
    }

    private static Handler asset(String file, String type) {
        String text = read(file);
        return call -> Answer.of(200, type, text).header("Cache-Control", "public, max-age=3600");
    }

    private static String read(String file) {
        try (InputStream stream = Templates.resource(file)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
