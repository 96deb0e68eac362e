// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.readiness;

import dev.gatehouse.config.PropertiesText;
import dev.gatehouse.readiness.SignOff.Kind;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads sign-offs and goes on after a problem, so that all of them are found. */
final class SignOffParser {

    private static final int LONGEST_DAYS = 180;
    private static final int LONGEST_TEXT = 1000;
    private static final Set<String> FIELDS = Set.of("id", "kind", "owner", "reason", "signed", "expires");

    private final LocalDate dated;
    private final LocalDate today;
    private final List<String> problems = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();

    SignOffParser(LocalDate dated, LocalDate today) {
        this.dated = dated.isAfter(today) ? today : dated;
        this.today = today;
    }

    SignOffs parse(String source, String text) {
        PropertiesText properties = PropertiesText.parse(text);
        properties.problems().forEach(problem -> problems.add("the file " + problem));
        List<SignOff> entries = new ArrayList<>();
        group(properties.values()).forEach((name, fields) -> entry(name, fields).ifPresent(entries::add));
        if (!problems.isEmpty()) {
            throw new SignOffException(source, problems);
        }
        return new SignOffs(entries);
    }

    private Map<String, Map<String, String>> group(Map<String, String> values) {
        Map<String, Map<String, String>> entries = new TreeMap<>();
        values.forEach((key, value) -> {
            int dot = key.lastIndexOf('.');
            String field = key.substring(dot + 1);
            if (dot < 1 || !FIELDS.contains(field)) {
                problems.add(Quoted.plain(key)
                        + ": must be an entry's name, a dot and one of id, kind, owner, reason, signed, expires");
            } else {
                entries.computeIfAbsent(key.substring(0, dot), name -> new TreeMap<>())
                        .put(field, value.strip());
            }
        });
        return entries;
    }

    private Optional<SignOff> entry(String name, Map<String, String> fields) {
        int before = problems.size();
        String shown = Quoted.plain(name);
        String id = fields.getOrDefault("id", name);
        require(id.matches("[A-Z][0-9]{1,2}"), shown + ".id", id, "must be a requirement such as G5");
        Kind kind = kind(shown, fields.getOrDefault("kind", "defer"));
        String owner = text(shown + ".owner", fields.getOrDefault("owner", ""));
        String reason = text(shown + ".reason", fields.getOrDefault("reason", ""));
        LocalDate signed = fields.containsKey("signed") ? date(shown + ".signed", fields) : dated;
        LocalDate expires = date(shown + ".expires", fields);
        requireDays(shown, signed, expires);
        require(seen.add(id + kind), shown + ".id", id, "must not be signed twice in the same way");
        return problems.size() > before
                ? Optional.empty()
                : Optional.of(new SignOff(name, id, kind, owner, reason, signed, expires));
    }

    private void requireDays(String name, LocalDate signed, LocalDate expires) {
        LocalDate last = today.plusDays(LONGEST_DAYS);
        require(
                !expires.isAfter(last),
                name + ".expires",
                expires.toString(),
                "must be at most 180 days ahead, " + last);
        require(!signed.isAfter(today), name + ".signed", signed.toString(), "must not lie ahead");
    }

    private Kind kind(String name, String text) {
        boolean attest = text.equals("attest");
        require(attest || text.equals("defer"), name + ".kind", text, "must be attest or defer");
        return attest ? Kind.ATTEST : Kind.DEFER;
    }

    private String text(String place, String value) {
        require(!value.isEmpty(), place, value, "must be set");
        require(value.length() <= LONGEST_TEXT, place, value, "must be at most " + LONGEST_TEXT + " characters long");
        return Quoted.plain(value);
    }

    // A date that cannot be read stands for today: the problem is noted, and no other rule complains about it too.
    private LocalDate date(String place, Map<String, String> fields) {
        String value = fields.getOrDefault(place.substring(place.lastIndexOf('.') + 1), "");
        try {
            return LocalDate.parse(value);
        } catch (DateTimeException e) {
            require(
                    false,
                    place,
                    value,
                    value.isEmpty() ? "must be set" : "must be a date such as " + today.plusDays(90));
            return today;
        }
    }

    private void require(boolean holds, String place, String value, String rule) {
        if (!holds) {
            String was = value.isEmpty() ? " " : " was '" + Quoted.plain(value) + "' but ";
            problems.add(place + was + rule);
        }
    }
}
