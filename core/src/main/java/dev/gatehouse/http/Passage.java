// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import dev.gatehouse.context.RequestContext;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request's way through the {@link Pipeline}, for a server's adapter:
 *
 * <pre>{@code
 * Passage passage = pipeline.enter(server);
 * try {
 *     if (passage.isOpen()) { … run the application … }
 * } catch (Throwable e) {
 *     passage.failed(e);
 * } finally {
 *     passage.leave(goesOnLater);
 * }
 * }</pre>
 *
 * <p>Used by one thread at a time, except {@link #end}.
 */
public final class Passage {

    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

    private final Pipeline pipeline;
    private final PipelineExchange exchange;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final long startNanos;
    private RequestContext.@Nullable Scope scope;
    private @Nullable Throwable error;
    private int stepsRun;
    private boolean open;
    private boolean broken;

    Passage(Pipeline pipeline, PipelineExchange exchange) {
        this.pipeline = pipeline;
        this.exchange = exchange;
        this.startNanos = pipeline.settings().ticker().nanos();
    }

    /** What gates and the application see. */
    public Exchange exchange() {
        return exchange;
    }

    /** What may still be read of the request's body. */
    public BodyBudget body() {
        return exchange.body().budget();
    }

    /**
     * The application begins its answer. A client whose body it did not read is told that the connection ends here: the
     * server will close it, and the client would lose the next request it sends there.
     */
    public void answering() {
        if (!exchange.server().committed() && exchange.body().isUnread()) {
            exchange.endConnection();
        }
    }

    /** Whether the client may still send a body that nobody will read. */
    public boolean leavesBodyUnread() {
        return exchange.body().isUnread();
    }

    /**
     * Leave to read away what the client still sends of a body that nobody will read; empty when there is none, or no place.
     * The answer tells that the connection ends, if it is not yet on its way.
     */
    public Optional<LingeringPlace> linger() {
        answering();
        return leavesBodyUnread() ? pipeline.linger() : Optional.empty();
    }

    /** Whether the application is to run. If not, the response is already written. */
    public boolean isOpen() {
        return open;
    }

    void run() {
        resume();
        try {
            exchange.secure();
            open = pass(0, pipeline.stepsBeforeMatch())
                    && isServed()
                    && pass(pipeline.stepsBeforeMatch(), pipeline.steps())
                    && isAdmitted();
            exchange.applicationRuns();
        } catch (Throwable e) { // of whatever kind: nobody gets in past a guard that failed
            failed(e);
        }
    }

    private boolean pass(int from, int to) throws IOException {
        for (int i = from; i < to; i++) {
            stepsRun = i + 1;
            if (pipeline.step(i).before(exchange) instanceof Verdict.Answer answer) {
                answer(answer.problem());
                return false;
            }
        }
        return true;
    }

    private boolean isServed() throws IOException {
        if (exchange.match() instanceof Match.Refused refused) {
            answer(refused.problem());
            return false;
        }
        if (exchange.match() instanceof Match.Options options) {
            exchange.setHeader("Allow", options.allow());
            exchange.send(204, new byte[0]);
            return false;
        }
        return isUnderstood();
    }

    /** The server decodes paths by its own rules: where it sees another path than we did, no rule of ours holds. */
    private boolean isUnderstood() throws IOException {
        String path = exchange.path();
        String decoded = path.indexOf('%') < 0 ? path : "/" + String.join("/", PathSegments.of(path));
        if (!exchange.server().understoodAs(decoded)) {
            answer(Problems.badPath());
            return false;
        }
        return true;
    }

    private boolean isAdmitted() throws IOException {
        if (Admission.isOpen(exchange.route().access(), exchange.admitted())) {
            return true;
        }
        answer(Admission.refusal(exchange));
        return false;
    }

    private void answer(Problem problem) throws IOException {
        Answer.send(exchange, problem, pipeline.settings().renderer());
    }

    /**
     * States that the application, or the server on its behalf, failed. What it prepared is replaced by a problem: the one
     * that a {@link ProblemCarrier} brings, else 500 without internals, the exception being logged once under the request
     * ID. False when the response was already on its way: it must not look like a success, so the adapter cuts the
     * connection, which {@link #leave} does by throwing.
     */
    public boolean failed(Throwable failure) {
        Optional<Problem> carried = carriedBy(failure);
        Problem problem = carried.orElseGet(Problems::internal);
        if (problem.status() >= 500 || exchange.server().committed()) {
            error = error == null ? failure : error;
            pipeline.failures().log(exchange, failure, carried.isPresent());
        }
        return replace(problem);
    }

    /** Answers {@code problem} instead of what the application prepared; false when it was already on its way. */
    public boolean replace(Problem problem) {
        open = false;
        broken = exchange.server().committed() || !rewrite(problem);
        return !broken;
    }

    private boolean rewrite(Problem problem) {
        try {
            exchange.restart();
            answer(problem);
            return true;
        } catch (Throwable e) { // whoever waits for the end of this request must learn of it in any case
            LOG.debug("the response could not be written", e);
            return false;
        }
    }

    private static Optional<Problem> carriedBy(Throwable failure) {
        Throwable at = failure;
        for (int depth = 0; at != null && depth < 16; depth++) {
            if (at instanceof ProblemCarrier carrier) {
                return Optional.of(carrier.problem());
            }
            at = at.getCause();
        }
        return Optional.empty();
    }

    /** Makes the request's context current on the calling thread, until {@link #leave}. */
    public void resume() {
        RequestContext.Scope here = exchange.context().open();
        scope = here;
        exchange.enters(here);
    }

    /**
     * Leaves the calling thread, restoring the context that was there before. Unless the exchange goes on later, it ends
     * here. Throws when the server must cut the connection, and what the virtual machine can hardly survive.
     */
    public void leave(boolean goesOnLater) throws IOException {
        try {
            if (!goesOnLater) {
                end();
            }
        } finally {
            exchange.leaves();
            if (scope != null) {
                scope.close();
            }
        }
        if (error instanceof VirtualMachineError fatal && !(fatal instanceof StackOverflowError)) {
            throw fatal;
        }
        if (broken) {
            throw new IOException("the response broke off", error);
        }
    }

    /** The true end of the exchange: every interceptor that began learns of it, once, whatever is called how often. */
    public void end() {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        body().end();
        long elapsed = pipeline.settings().ticker().nanos() - startNanos;
        Completion completion = new Completion(exchange.status(), elapsed, error);
        RequestContext.Scope here = exchange.context().open();
        try {
            for (int i = stepsRun - 1; i >= 0; i--) {
                after(pipeline.step(i), completion);
            }
        } finally {
            here.close();
            pipeline.left();
        }
    }

    private void after(Interceptor step, Completion completion) {
        try {
            step.after(exchange, completion);
        } catch (Throwable e) { // the others still have to learn of the end
            LOG.error(
                    "{} failed after {}",
                    step.getClass().getName(),
                    exchange.route().template(),
                    e);
        }
    }
}
