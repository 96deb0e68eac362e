// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import java.util.function.Function;

/** The two things one does with an outcome, over all of its kinds. */
final class Outcomes {

    private Outcomes() {}

    static <T, R> Outcome<R> map(Outcome<T> outcome, Function<? super T, ? extends R> change) {
        if (outcome instanceof Outcome.Success<T> success) {
            return new Outcome.Success<>(change.apply(success.value()));
        }
        if (outcome instanceof Outcome.Stale<T> stale) {
            return new Outcome.Stale<>(
                    change.apply(stale.value()), stale.age(), stale.because().as());
        }
        if (outcome instanceof Outcome.Fallback<T> fallback) {
            return new Outcome.Fallback<>(
                    change.apply(fallback.value()), fallback.because().as());
        }
        return ((Outcome.Unserved<T>) outcome).as();
    }

    static <T> Outcome.Served<T> orFallback(
            Outcome<T> outcome, Function<? super Outcome.Unserved<T>, ? extends T> replacement) {
        if (outcome instanceof Outcome.Served<T> served) {
            return served;
        }
        Outcome.Unserved<T> because = (Outcome.Unserved<T>) outcome;
        return new Outcome.Fallback<>(replacement.apply(because), because);
    }
}
