// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.postgresql;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The table of contents at the beginning of a dump in the custom format without compression, versions 1.12 to 1.16 (pg_dump
 * 10 to 18).
 *
 * @param tables for the number of each table whose rows need no pg_restore, the command that takes them
 */
record DumpHead(Map<Integer, String> tables) {

    private static final byte[] MAGIC = {'P', 'G', 'D', 'M', 'P'};
    private static final int CUSTOM = 1;
    private static final int OLDEST = 12;
    private static final int NEWEST = 16;
    private static final int MOST_ITEMS = 10_000_000;
    private static final Pattern ENCODING = Pattern.compile("SET client_encoding = '([A-Za-z0-9_]+)';\\s*");
    private static final Pattern COPY = Pattern.compile("(COPY .+ FROM stdin);\\s*", Pattern.DOTALL);

    /** Reads it, to where the rows begin; empty when it is of a kind that only pg_restore knows. */
    static Optional<DumpHead> read(DumpInput in) throws IOException {
        for (byte letter : MAGIC) {
            if (in.next() != letter) {
                return Optional.empty();
            }
        }
        int major = in.next();
        int minor = in.next();
        in.next();
        if (major != 1 || minor < OLDEST || minor > NEWEST) {
            return Optional.empty();
        }
        in.integerBytes(in.next());
        int offsetBytes = in.next();
        if (in.next() != CUSTOM || (minor >= 15 ? in.next() : in.integer()) != 0) {
            return Optional.empty();
        }
        made(in);
        return Optional.of(new Items(in, minor, offsetBytes).read());
    }

    /** When, of what and by what it was made. */
    private static void made(DumpInput in) throws IOException {
        for (int i = 0; i < 7; i++) {
            in.integer();
        }
        for (int i = 0; i < 3; i++) {
            in.text();
        }
    }

    private record Items(DumpInput in, int minor, int offsetBytes) {

        DumpHead read() throws IOException {
            int count = in.integer();
            if (count < 0 || count > MOST_ITEMS) {
                throw new IOException("the dump has " + count + " items");
            }
            Map<Integer, String> commands = new HashMap<>();
            String encoding = "UTF8";
            for (int i = 0; i < count; i++) {
                Item item = item();
                if (item.kind.equals("ENCODING")) {
                    encoding = encoding(item.definition);
                } else if (item.kind.equals("TABLE DATA")) {
                    Matcher copy = COPY.matcher(item.copy);
                    if (copy.matches()) {
                        commands.put(item.number, copy.group(1));
                    }
                }
            }
            if (!encoding.equals("UTF8")) {
                // Such a name was not read in its encoding; pg_restore takes the rows of its table.
                commands.values().removeIf(command -> command.chars().anyMatch(letter -> letter > 0x7f));
            }
            String options = " WITH (ENCODING '" + encoding + "')";
            commands.replaceAll((number, command) -> command + options);
            return new DumpHead(Map.copyOf(commands));
        }

        private static String encoding(String definition) throws IOException {
            Matcher matcher = ENCODING.matcher(definition);
            if (!matcher.matches()) {
                throw new IOException("the dump does not say in which encoding its rows are");
            }
            return matcher.group(1);
        }

        private Item item() throws IOException {
            int number = in.integer();
            in.integer(); // whether it has rows
            texts(3); // numbers in the catalogue; name
            String kind = in.text().orElse("");
            in.integer(); // section
            String definition = in.text().orElse("");
            in.text(); // how to drop it
            String copy = in.text().orElse("");
            texts(2); // schema, tablespace
            if (minor >= 14) {
                in.text(); // access method
            }
            if (minor >= 16) {
                in.integer(); // kind of relation
            }
            texts(2); // owner, row numbers
            dependencies();
            in.skip(1 + offsetBytes); // where the rows are, which a stream does not know
            return new Item(number, kind, definition, copy);
        }

        private void texts(int count) throws IOException {
            for (int i = 0; i < count; i++) {
                in.text();
            }
        }

        private void dependencies() throws IOException {
            while (in.text().isPresent()) {
                // one more
            }
        }
    }

    private record Item(int number, String kind, String definition, String copy) {}
}
