// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Says that a test needs a program of the machine. Without it the test is skipped and named at the end of the build;
 * with {@code GATEHOUSE_REQUIRE_ALL=true} it fails instead.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsProgramCondition.class)
public @interface NeedsProgram {

    /** The programs' names, looked for in the {@code PATH}. */
    String[] value();
}
