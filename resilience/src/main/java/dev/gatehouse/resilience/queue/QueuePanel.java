// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import dev.gatehouse.insight.Panel;
import java.util.ArrayList;
import java.util.List;

/** What the consoles see of the queue, and what operators may do with it. */
record QueuePanel(JobQueue queue) implements Panel {

    private static final int NEWEST = 20;

    @Override
    public String title() {
        return "Queue";
    }

    @Override
    public List<Fact> facts() {
        QueueStatus status = queue.status();
        return List.of(
                new Fact("waiting", status.waiting() + " jobs"),
                new Fact("lag", status.lag().toSeconds() + " s"),
                new Fact("dead letters", Long.toString(status.dead())),
                new Fact("held back", status.quarantined().orElse("no")),
                new Fact("works here", queue.isStarted() ? "yes" : "no"));
    }

    @Override
    public List<Table> tables() {
        return List.of(
                new Table(
                        "Kinds",
                        List.of("kind", "waiting", "running", "lag", "oldest", "dead letters", "attempts left behind"),
                        queue.status().kinds().stream().map(this::row).toList()),
                new Table(
                        "Dead letters",
                        List.of("kind", "job", "attempts", "enqueued", "given up", "reason"),
                        queue.deadLetters().newest(NEWEST).stream()
                                .map(QueuePanel::row)
                                .toList()));
    }

    private List<String> row(KindStatus kind) {
        int left = queue.lanes().stream()
                .filter(lane -> lane.kind().equals(kind.kind()))
                .mapToInt(lane -> lane.task().attempts().leftBehind())
                .sum();
        String name = queue.vitals().known().contains(kind.kind()) ? kind.kind() : kind.kind() + " (no handler here)";
        return List.of(
                name,
                Long.toString(kind.waiting()),
                Long.toString(kind.running()),
                kind.lag().toSeconds() + " s",
                kind.oldest().toSeconds() + " s",
                Long.toString(kind.dead()),
                Integer.toString(left));
    }

    private static List<String> row(DeadLetter letter) {
        return List.of(
                letter.kind(),
                letter.idempotencyKey(),
                Integer.toString(letter.attempts()),
                letter.enqueuedAt().toString(),
                letter.diedAt().toString(),
                letter.reason());
    }

    @Override
    public List<Action> actions() {
        List<Action> actions = new ArrayList<>(queue.status().quarantined().isPresent() ? heldBack() : List.of(hold()));
        List<DeadLetter> letters = queue.deadLetters().newest(NEWEST);
        if (!letters.isEmpty()) {
            actions.add(new Action(
                    "retry-dead-letters",
                    "Retry all dead letters",
                    "Each is tried again under its old key, at most " + DeadLetters.MOST_AT_ONCE + " of them.",
                    actor -> queue.deadLetters().retryAll(actor) + " dead letters are tried again"));
        }
        letters.forEach(letter -> addActions(actions, letter));
        return actions;
    }

    private Action hold() {
        return new Action(
                "hold-queue",
                "Hold the queue back",
                "No job begins on any instance until the queue is released.",
                actor -> {
                    queue.quarantine().impose("held back by hand", actor);
                    return "the queue is held back";
                });
    }

    private List<Action> heldBack() {
        return List.of(
                new Action(
                        "release-queue",
                        "Release the queue",
                        "Every job that waits is done from here, also those that another copy has done already.",
                        actor -> queue.quarantine().release(actor) ? "the queue goes on" : "it was not held back"),
                new Action(
                        "give-up-held-jobs",
                        "Give up what is held back",
                        "The jobs that are held back become dead letters, to be retried one by one, and the queue goes on.",
                        actor -> queue.quarantine().giveUp(actor) + " jobs are dead letters, and the queue goes on"));
    }

    private void addActions(List<Action> actions, DeadLetter letter) {
        String job = letter.kind() + " " + letter.idempotencyKey();
        String name = letter.kind() + "-" + letter.idempotencyKey();
        actions.add(new Action(
                "retry-" + name,
                "Retry " + job,
                "It is tried again under its old key, with all its attempts.",
                actor -> said(queue.deadLetters().retry(letter.kind(), letter.idempotencyKey(), actor))));
        actions.add(new Action(
                "purge-" + name,
                "Purge " + job,
                "It is forgotten for good and never done.",
                actor -> queue.deadLetters().purge(letter.kind(), letter.idempotencyKey(), actor)
                        ? "it is forgotten"
                        : "it was gone already"));
    }

    private static String said(Retried retried) {
        if (retried instanceof Retried.Waiting) {
            return "it is tried again";
        }
        if (retried instanceof Retried.Superseded) {
            return "another job with its deduplication key waits or runs; it stays";
        }
        return retried instanceof Retried.Unreadable ? "it cannot be read here; it stays" : "it was gone already";
    }
}
