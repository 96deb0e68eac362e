// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.mail;

import dev.gatehouse.examples.shop.json.Json;
import dev.gatehouse.json.JsonFields;
import dev.gatehouse.json.JsonWriter;
import dev.gatehouse.resilience.queue.Job;
import dev.gatehouse.resilience.queue.Payload;
import java.util.Optional;

/**
 * A mail to a customer.
 *
 * @param id unique; the mail provider delivers each ID once
 * @param to the address
 * @param subject its subject
 * @param text its text
 * @param token the token that the text's link carries, if it carries one
 */
public record Mail(String id, String to, String subject, String text, Optional<String> token) {

    /** The kind of job that mails travel as. */
    public static final String KIND = "mail";

    private static final String NOBODY = "nobody";

    /** A mail without a token. */
    public static Mail of(String id, String to, String subject, String text) {
        return new Mail(id, to, subject, text, Optional.empty());
    }

    /**
     * A mail to nobody: queued where others queue a mail, so that both do the same work, and dropped when its turn comes.
     */
    public static Mail decoy(String id) {
        return of(id, NOBODY, "Nothing to tell", "x".repeat(200));
    }

    boolean isDecoy() {
        return to.equals(NOBODY);
    }

    /** The mail of this object. */
    public static Mail from(JsonFields fields) {
        return new Mail(
                fields.text("id", 1, 64),
                fields.text("to", 1, 254),
                fields.text("subject", 1, 200),
                fields.text("text", 1, 8_000),
                fields.optionalText("token", 1, 500));
    }

    static Mail from(Payload payload) {
        return Json.object(payload.text(), Mail::from);
    }

    /** The job of delivering this mail. */
    public Job job() {
        return Job.of(KIND, Payload.text(toJson()));
    }

    /** This mail as one JSON object. */
    public String toJson() {
        JsonWriter json = new JsonWriter();
        writeTo(json);
        return json.toString();
    }

    /** Writes this mail as one JSON object. */
    public void writeTo(JsonWriter json) {
        json.beginObject()
                .field("id", id)
                .field("to", to)
                .field("subject", subject)
                .field("text", text)
                .field("token", token.orElse(null))
                .endObject();
    }
}
