// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import dev.gatehouse.backup.drill.BootProbe;
import dev.gatehouse.backup.source.RestoredDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An application that starts at once and does what a test says; it reads only where there is content. */
class FakeProbe implements BootProbe, BootProbe.Application {

    final List<String> steps = new ArrayList<>();
    private boolean empty;

    @Override
    public Application boot(RestoredDatabase database, Path work) throws Exception {
        empty = database.url().equals("empty");
        steps.add("boot");
        return this;
    }

    @Override
    public String ready() throws Exception {
        steps.add("ready");
        return "it is ready";
    }

    @Override
    public String read() throws Exception {
        steps.add("read");
        if (empty) {
            throw new IllegalStateException("no content");
        }
        return "read the content";
    }

    @Override
    public String write() throws Exception {
        steps.add("write");
        return "wrote more";
    }

    @Override
    public void close() {
        steps.add("close");
    }
}
