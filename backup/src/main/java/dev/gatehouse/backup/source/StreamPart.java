// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/** A part that somebody else knows how to open. */
record StreamPart(String name, OptionalLong expectedBytes, Opening opening) implements Part {

    @Override
    public InputStream open() throws IOException {
        return opening.open();
    }
}
