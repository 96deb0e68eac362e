// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.source;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The statements that make an H2 database's schema, without its rows, its users' passwords and its counters. A fact for
 * what each makes holds the hash of how it does, so that a difference has a name.
 */
record H2Schema(Connection connection) {

    /** With more, one fact stands for all. */
    private static final int MOST = 5_000;

    private static final int LONGEST = 600;

    /** What a statement makes stands before its first bracket or text, outside of names. */
    private static final Pattern SUBJECT = Pattern.compile("(?:[^(\"';]|\"(?:[^\"]|\"\")*\")*+");

    SortedMap<String, String> facts() throws SQLException {
        SortedMap<String, MessageDigest> digests = new TreeMap<>();
        MessageDigest all = sha256();
        for (String statement : statements()) {
            byte[] bytes = (statement + "\n").getBytes(StandardCharsets.UTF_8);
            all.update(bytes);
            digests.computeIfAbsent("schema " + subject(statement), name -> sha256())
                    .update(bytes);
        }
        return hashes(digests.size() > MOST ? new TreeMap<>(Map.of("schema", all)) : digests);
    }

    private List<String> statements() throws SQLException {
        List<String> statements = new ArrayList<>();
        try (Statement script = connection.createStatement()) {
            script.setQueryTimeout(H2Facts.QUERY_SECONDS);
            try (ResultSet lines = script.executeQuery("SCRIPT NODATA NOPASSWORDS NOSETTINGS")) {
                while (lines.next()) {
                    String line = lines.getString(1).strip();
                    if (!line.startsWith("--")) {
                        statements.add(withoutCounter(line));
                    }
                }
            }
        }
        return statements;
    }

    private static String withoutCounter(String line) {
        return line.replaceAll("(?:RE)?START WITH -?[0-9]+", "");
    }

    private static String subject(String line) {
        Matcher subject = SUBJECT.matcher(line);
        String found =
                subject.lookingAt() ? subject.group().replaceAll("\\s+", " ").strip() : "";
        return found.length() > LONGEST ? found.substring(0, LONGEST) : found;
    }

    private static SortedMap<String, String> hashes(SortedMap<String, MessageDigest> digests) {
        SortedMap<String, String> hashes = new TreeMap<>();
        digests.forEach((name, digest) ->
                hashes.put(name, HexFormat.of().formatHex(digest.digest()).substring(0, 32)));
        return hashes;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
