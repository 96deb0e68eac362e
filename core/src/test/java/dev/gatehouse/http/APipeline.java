// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A pipeline over a server without sockets, and what its tests share. */
abstract class APipeline {

    private static final Routes ROUTES = Routes.of(
            Route.get("/open").access(Access.anyone()),
            Route.post("/open").access(Access.anyone()),
            Route.get("/member").access(Access.signedIn()),
            Route.get("/strange").access(Access.anyone().withFactor()),
            Route.get("/quick").access(Access.anyone()).deadline(Duration.ofSeconds(1)));

    final List<String> journal = new ArrayList<>();
    final List<Completion> completions = new ArrayList<>();

    /** Writes down what happens to it. */
    class Step implements Interceptor {

        private final String name;
        private final Phase phase;

        Step(String name, Phase phase) {
            this.name = name;
            this.phase = phase;
        }

        @Override
        public Phase phase() {
            return phase;
        }

        @Override
        public Verdict before(Exchange exchange) {
            journal.add("+" + name);
            return Verdict.proceed();
        }

        @Override
        public void after(Exchange exchange, Completion completion) {
            journal.add("-" + name);
            completions.add(completion);
        }
    }

    static Pipeline pipeline(Interceptor... interceptors) {
        return pipeline(PipelineSettings.defaults(), interceptors);
    }

    static Pipeline pipeline(PipelineSettings settings, Interceptor... interceptors) {
        return new Pipeline(ROUTES, List.of(interceptors), settings);
    }

    static FakeServer get(String path) {
        return new FakeServer("GET", path);
    }

    static void elsewhere(Runnable work) throws InterruptedException, ExecutionException {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        thread.submit(work).get();
        thread.shutdown();
        assertThat(thread.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    static Interceptor failing(Phase phase, Throwable failure) {
        return new Interceptor() {
            @Override
            public Phase phase() {
                return phase;
            }

            @Override
            public Verdict before(Exchange exchange) {
                throw APipeline.<RuntimeException>sneaky(failure);
            }
        };
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    static <T extends Throwable> T sneaky(Throwable failure) throws T {
        throw (T) failure;
    }
}
