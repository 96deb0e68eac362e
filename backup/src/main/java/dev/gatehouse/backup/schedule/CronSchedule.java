// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.schedule;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The times of a cron expression in one zone. */
final class CronSchedule implements Schedule {

    /** From one 29 February to the next across a year like 2100, and the odd weekday of it, are at most this. */
    private static final int LONGEST_DAYS = 41 * 366;

    private static final Map<String, String> WORDS =
            Map.of("@hourly", "0 * * * *", "@daily", "0 0 * * *", "@weekly", "0 0 * * 0", "@monthly", "0 0 1 * *");

    private final String expression;
    private final ZoneId zone;
    private final Map<CronField, BitSet> allowed;
    private final boolean hourly;
    private final boolean eitherDay;

    private CronSchedule(String expression, ZoneId zone, Iterator<String> fields) {
        this.expression = expression;
        this.zone = zone;
        this.allowed = new EnumMap<>(CronField.class);
        Set<CronField> open = EnumSet.noneOf(CronField.class);
        for (CronField field : CronField.values()) {
            String text = fields.next();
            allowed.put(field, field.read(text));
            if (text.startsWith("*")) {
                open.add(field);
            }
        }
        this.hourly = open.contains(CronField.HOUR);
        this.eitherDay = !open.contains(CronField.DAY_OF_MONTH) && !open.contains(CronField.DAY_OF_WEEK);
    }

    static CronSchedule of(String expression, ZoneId zone) {
        String text = expression.strip();
        List<String> fields = List.of(WORDS.getOrDefault(text, text).split("[ \t]+", -1));
        if (text.length() > 500 || fields.size() != CronField.values().length) {
            throw new IllegalArgumentException("backup.schedule: the cron expression has " + fields.size()
                    + " fields but must have 5: minute, hour, day of month, month, day of week");
        }
        CronSchedule schedule = new CronSchedule(text, zone, fields.iterator());
        if (schedule.dayFrom(LocalDate.EPOCH).isEmpty()) {
            throw new IllegalArgumentException("backup.schedule: the times of '" + text + "' never come");
        }
        return schedule;
    }

    @Override
    public Instant next(Instant after) {
        return hourly ? nextElapsed(after) : nextOnTheClock(after);
    }

    /** Local times in order, each once: one that the clocks leave out stands for the moment at which they do. */
    private Instant nextOnTheClock(Instant after) {
        LocalDateTime local = after.atZone(zone).toLocalDateTime().truncatedTo(ChronoUnit.MINUTES);
        for (Instant found = Instant.MIN; ; ) {
            local = nextLocal(local.plusMinutes(1));
            found = instant(local);
            if (found.isAfter(after)) {
                return found;
            }
        }
    }

    private Instant instant(LocalDateTime local) {
        ZoneOffsetTransition transition = zone.getRules().getTransition(local);
        return transition != null && transition.isGap()
                ? transition.getInstant()
                : local.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
    }

    private LocalDateTime nextLocal(LocalDateTime from) {
        LocalDateTime at = from;
        while (!isDay(at.toLocalDate()) || !isTime(at)) {
            at = isDay(at.toLocalDate())
                    ? at.plusMinutes(1)
                    : later(at.toLocalDate().plusDays(1)).atStartOfDay();
        }
        return at;
    }

    /** Minutes as they pass, with both of an hour that the clocks show twice. */
    private Instant nextElapsed(Instant after) {
        ZonedDateTime at = after.truncatedTo(ChronoUnit.MINUTES)
                .plus(1, ChronoUnit.MINUTES)
                .atZone(zone);
        while (!isDay(at.toLocalDate()) || !isTime(at.toLocalDateTime())) {
            at = isDay(at.toLocalDate())
                    ? at.toInstant().plus(1, ChronoUnit.MINUTES).atZone(zone)
                    : later(at.toLocalDate().plusDays(1)).atStartOfDay(zone);
        }
        return at.toInstant();
    }

    private boolean isTime(LocalDateTime at) {
        return allows(CronField.MINUTE, at.getMinute()) && allows(CronField.HOUR, at.getHour());
    }

    private boolean isDay(LocalDate day) {
        boolean ofMonth = allows(CronField.DAY_OF_MONTH, day.getDayOfMonth());
        boolean ofWeek = allows(CronField.DAY_OF_WEEK, day.getDayOfWeek().getValue() % 7);
        return allows(CronField.MONTH, day.getMonthValue()) && (eitherDay ? ofMonth || ofWeek : ofMonth && ofWeek);
    }

    private boolean allows(CronField field, int value) {
        BitSet values = allowed.get(field);
        return values != null && values.get(value);
    }

    private LocalDate later(LocalDate from) {
        return dayFrom(from).orElseThrow(() -> new IllegalStateException("the times never come"));
    }

    private Optional<LocalDate> dayFrom(LocalDate from) {
        return from.datesUntil(from.plusDays(LONGEST_DAYS)).filter(this::isDay).findFirst();
    }

    @Override
    public String describe() {
        return "at " + expression + (zone.equals(ZoneOffset.UTC) ? "" : " (" + zone + ")");
    }

    @Override
    public String toString() {
        return describe();
    }
}
