// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.gameday.junit;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.resilience.gameday.GameDayResult;
import dev.gatehouse.resilience.gameday.GameDays;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Plays the scenarios that {@link GameDayTest} names, on the runner of the application under test. Register it with {@code
 * RegisterExtension}; methods of {@code BeforeEach} run before the scenario. A scenario that does not hold fails its test.
 */
public final class GameDayExtension implements ParameterResolver, BeforeTestExecutionCallback {

    private static final ExtensionContext.Namespace HERE = ExtensionContext.Namespace.create(GameDayExtension.class);

    private final Supplier<GameDays> runner;

    /** Plays on what {@code runner} gives when a test begins. */
    public GameDayExtension(Supplier<GameDays> runner) {
        this.runner = runner;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == GameDayResult.class
                && scenario(context).isPresent();
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return result(context, scenario(context).orElseThrow());
    }

    @Override
    public void beforeTestExecution(ExtensionContext context) {
        scenario(context).ifPresent(name -> require(result(context, name)));
    }

    private static void require(GameDayResult result) {
        if (!result.held()) {
            throw new AssertionError(result.describe());
        }
    }

    /** Played once a test, though both its parameter and its verdict ask for it. */
    private GameDayResult result(ExtensionContext context, String name) {
        return context.getStore(HERE)
                .computeIfAbsent(
                        name, scenario -> runner.get().play(scenario, Actor.system("junit")), GameDayResult.class);
    }

    private static Optional<String> scenario(ExtensionContext context) {
        return context.getElement()
                .map(element -> element.getAnnotation(GameDayTest.class))
                .map(GameDayTest::value);
    }
}
