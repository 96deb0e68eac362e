// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.retention;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** One backup a day, week, month and year, by the calendar of UTC: grandfather, father, son. */
final class Generations {

    private Generations() {}

    /** Those that stand for their day, week, month or year, with the reason. */
    static Map<Candidate, String> keepers(RetentionPolicy policy, List<Candidate> newestFirst) {
        List<Candidate> sound = newestFirst.stream().filter(Candidate::isSound).toList();
        Map<Candidate, String> keepers = new HashMap<>();
        keep(keepers, sound, policy.daily(), "day", LocalDate::toString);
        keep(keepers, sound, policy.weekly(), "week", Generations::week);
        keep(
                keepers,
                sound,
                policy.monthly(),
                "month",
                day -> day.toString().substring(0, day.toString().length() - 3));
        keep(keepers, sound, policy.yearly(), "year", day -> String.valueOf(day.getYear()));
        return keepers;
    }

    private static String week(LocalDate day) {
        return day.get(IsoFields.WEEK_BASED_YEAR) + "-W" + day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
    }

    private static void keep(
            Map<Candidate, String> keepers,
            List<Candidate> sound,
            int count,
            String unit,
            Function<LocalDate, String> period) {
        Map<String, Candidate> chosen = new LinkedHashMap<>();
        for (Candidate candidate : sound) {
            candidate
                    .takenAt()
                    .ifPresent(at -> chosen.merge(
                            period.apply(at.atZone(ZoneOffset.UTC).toLocalDate()), candidate, Generations::better));
        }
        chosen.entrySet().stream()
                .limit(count)
                .forEach(entry ->
                        keepers.putIfAbsent(entry.getValue(), "stands for its " + unit + ", " + entry.getKey()));
    }

    /** The one that has passed a drill, else the newer one: what nobody has restored displaces nothing. */
    private static Candidate better(Candidate newer, Candidate older) {
        return !newer.isProven() && older.isProven() ? older : newer;
    }
}
