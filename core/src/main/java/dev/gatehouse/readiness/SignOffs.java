// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.readiness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The sign-offs of a reviewed properties file: attestations of what only people can check, and deferrals of what does
 * not hold yet. Immutable and thread-safe.
 *
 * <pre>{@code
 * pentest.id=G5
 * pentest.kind=attest
 * pentest.owner=Head of security
 * pentest.reason=Penetration test of March, report 17; every finding closed
 * pentest.expires=2026-09-30
 * }</pre>
 *
 * <p>An entry's name is free; {@code id} may be left out when the name is the ID. {@code kind} is {@code attest} or
 * {@code defer}, the latter when it is left out, for it claims less. {@code signed}, the day of the statement, is the
 * file's own date when left out. {@code expires} is the last day on which the entry counts, at most 180 days ahead. The
 * whole file is refused when an entry lacks owner, reason or expiry, or breaks another rule: a half-read file could hide
 * what was meant. An expired entry is no problem of the file; it no longer counts, and the report says so.
 */
public final class SignOffs {

    private static final long LARGEST = 1 << 20;

    private final List<SignOff> entries;

    SignOffs(List<SignOff> entries) {
        this.entries = List.copyOf(entries);
    }

    /** No sign-offs. */
    public static SignOffs none() {
        return new SignOffs(List.of());
    }

    /** The sign-offs of {@code file}; none when there is no such file. Throws {@link SignOffException}. */
    public static SignOffs read(Path file, InstantSource clock) {
        if (!Files.exists(file)) {
            return none();
        }
        try {
            if (Files.size(file) > LARGEST) {
                throw new SignOffException(file.toString(), List.of("the file must be at most 1 MiB"));
            }
            Instant dated = Files.getLastModifiedTime(file).toInstant();
            return parse(file.toString(), Files.readString(file), dated, clock.instant());
        } catch (IOException e) {
            throw new SignOffException(file.toString(), List.of("the file must be readable UTF-8 text"));
        }
    }

    /**
     * The sign-offs of a text; {@code source} names it in messages and {@code dated} is its date. Throws
     * {@link SignOffException} and nothing else, whatever the text.
     */
    public static SignOffs parse(String source, String text, Instant dated, Instant now) {
        return new SignOffParser(SignOff.today(dated), SignOff.today(now)).parse(source, text);
    }

    /** Every entry, expired ones too. */
    public List<SignOff> entries() {
        return entries;
    }

    Optional<SignOff> valid(String id, SignOff.Kind kind, Instant now) {
        return entries.stream()
                .filter(each -> each.id().equals(id) && each.kind() == kind && !each.expired(now))
                .findFirst();
    }
}
