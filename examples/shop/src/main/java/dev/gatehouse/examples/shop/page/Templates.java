// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.page;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The pages' templates, from the class path, compiled once. Every value is escaped for HTML. Thread-safe. */
final class Templates {

    private final Map<String, Template> compiled = new ConcurrentHashMap<>();
    private final Mustache.Compiler compiler =
            Mustache.compiler().withLoader(Templates::open).emptyStringIsFalse(true);

    String render(String name, Map<String, Object> model) {
        return compiled.computeIfAbsent(name, this::compile).execute(model);
    }

    private Template compile(String name) {
        try (Reader reader = open(name)) {
            return compiler.compile(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Reader open(String name) throws IOException {
        return new InputStreamReader(resource(name + ".mustache"), StandardCharsets.UTF_8);
    }

    static InputStream resource(String file) throws IOException {
        InputStream stream = Templates.class.getResourceAsStream(file);
        if (stream == null) {
            throw new FileNotFoundException(file + " is not among the pages' resources");
        }
        return stream;
    }
}
