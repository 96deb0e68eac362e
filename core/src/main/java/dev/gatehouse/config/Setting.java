// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a component of a settings record is called, may be, and means. It acts only through {@link Config}, which an
 * application calls by itself; a component without it has its name by convention, no default and no rule.
 *
 * <p>Texts of values ({@link #byDefault()}, {@link #min()}, {@link #max()}) are written as an operator would write them:
 * {@code 8080}, {@code 30m}, {@code 64KiB}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {

    /** The name after the prefix; empty for the convention: {@code sessionIdle} is {@code SESSION_IDLE}. */
    String name() default "";

    /** The value when none is set; empty for none, and then it must be set unless it is optional or a list. */
    String byDefault() default "";

    /** What it is for, one sentence for the generated table. */
    String doc() default "";

    /** What to do about a bad value, for the error message. */
    String hint() default "";

    /** The least value, itself included: of numbers, durations and sizes. */
    String min() default "";

    /** The greatest value, itself included: of numbers, durations and sizes. */
    String max() default "";

    /** The least length: of a text in characters, of a secret in bytes. */
    int minLength() default 0;

    /** The greatest length: of a text in characters, of a secret in bytes. */
    int maxLength() default 8192;

    /** A regular expression that the whole text must match; empty for none. */
    String pattern() default "";

    /** Whether a secret is written in Base64, the standard or the URL alphabet; its length is then the decoded one. */
    boolean base64() default false;

    /** Whether production demands a value from the operator: an unset one is refused as {@link Refusal#UNSET}. */
    boolean setInProduction() default false;

    /** What production does not refuse here, because it is right for this setting. */
    Refusal[] permits() default {};
}
