// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.audit;

import dev.gatehouse.json.JsonWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a query answers: a page of events, or that its cursor is none of ours. */
public sealed interface AuditPage {

    /**
     * A page, newest event first.
     *
     * @param entries the events
     * @param next the cursor of the next page, absent on the last one
     */
    record Events(List<AuditEntry> entries, Optional<String> next) implements AuditPage {

        /** Freezes the list. */
        public Events {
            entries = List.copyOf(entries);
        }

        /**
         * The page as JSON: {@code {"events":[{"id","time","action","actor","subject","outcome","requestId"}],"next"}},
         * times as in RFC 3339, absent values null.
         */
        public String toJson() {
            JsonWriter json = new JsonWriter().beginObject().name("events").beginArray();
            entries.forEach(entry -> write(json, entry));
            return json.endArray().field("next", next.orElse(null)).endObject().toString();
        }

        private static void write(JsonWriter json, AuditEntry entry) {
            json.beginObject()
                    .field("id", entry.id())
                    .field("time", entry.time())
                    .field("action", entry.action())
                    .field("actor", entry.actor())
                    .field("subject", entry.subject().orElse(null))
                    .field("outcome", entry.outcome().name().toLowerCase(Locale.ROOT))
                    .field("requestId", entry.requestId().orElse(null))
                    .endObject();
        }
    }

    /** The cursor is none that this log gave out. */
    enum UnknownCursor implements AuditPage {
        /** The only one. */
        INSTANCE
    }
}
