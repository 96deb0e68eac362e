// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.postgresql;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Restores a dump while it comes. Its rows go to the server as they are, by several connections, also those of one table;
 * pg_restore does the rest, before and after, from a file that lacks them. The database must not be used before this has
 * returned and the stream has said that it ended well.
 *
 * @param pgRestore into the new database
 * @param target the new database
 * @param rest the file
 */
record StreamedRestoration(Restoration pgRestore, Login target, Path rest) {

    /** More than take rows, for while an index is forced to the disk another one can be computed. */
    private static final int INDEX_JOBS = 2 * Restoration.JOBS;

    private static final int BUFFER = 1 << 16;

    /** Reads {@code dump} to its end. */
    void run(InputStream dump, PostgresqlRestore.Progress progress) throws IOException, SQLException {
        DumpInput in = new DumpInput(dump);
        boolean known;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(rest), BUFFER)) {
            in.copyTo(out);
            Optional<DumpHead> head = DumpHead.read(in);
            known = head.isPresent();
            if (known) {
                in.copyNowhere();
                out.flush();
                stream(new DumpRows(in, head.get(), out), progress);
            } else {
                in.drain();
            }
        }
        if (!known) {
            pgRestore.run(rest, progress);
        }
    }

    private void stream(DumpRows rows, PostgresqlRestore.Progress progress) throws IOException, SQLException {
        List<String> items = pgRestore.items(rest);
        List<String> others = items.stream()
                .filter(item -> !rows.head().tables().containsKey(number(item)))
                .toList();
        Steps steps = new Steps(items.size(), progress);
        pgRestore.run(rest, others, steps, List.of("--section=pre-data"));
        try (Lanes lanes = Lanes.open(target, Restoration.JOBS)) {
            rows.send(lanes, steps::done);
            lanes.finish();
        }
        rows.rest().flush();
        pgRestore.run(rest, others, steps, List.of("--section=data", "--section=post-data", "--jobs=" + INDEX_JOBS));
    }

    private static int number(String item) {
        return Integer.parseInt(item.substring(0, item.indexOf(';')));
    }
}
