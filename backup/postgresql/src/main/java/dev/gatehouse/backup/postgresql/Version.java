// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.postgresql;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of PostgreSQL, from 10 on. Versions before a release, such as 18beta1, count as minor version 0. */
record Version(int major, int minor) implements Comparable<Version> {

    private static final Pattern TOLD = Pattern.compile("PostgreSQL\\)? ([0-9]{2,4})(?:\\.([0-9]{1,4}))?");
    private static final Comparator<Version> ORDER =
            Comparator.comparingInt(Version::major).thenComparingInt(Version::minor);

    /** Of a server's {@code server_version_num}, as 150018. */
    static Version ofNumber(int number) {
        return new Version(number / 10_000, number % 10_000);
    }

    /** Of what a program says, {@code pg_dump (PostgreSQL) 15.18 (Debian …)}, or an engine, {@code PostgreSQL 15.18}. */
    static Optional<Version> told(String text) {
        Matcher matcher = TOLD.matcher(text);
        return matcher.find()
                ? Optional.of(new Version(
                        Integer.parseInt(matcher.group(1)),
                        matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    @Override
    public int compareTo(Version other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
