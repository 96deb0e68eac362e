// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.gameday.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;

/**
 * A test before which the {@link GameDayExtension} of its class plays a scenario. The test fails, with everything that was
 * observed, unless the scenario held; its method may take the {@link dev.gatehouse.resilience.gameday.GameDayResult} as a
 * parameter, to say more about it.
 */
@Test
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface GameDayTest {

    /** The scenario's name. */
    String value();
}
