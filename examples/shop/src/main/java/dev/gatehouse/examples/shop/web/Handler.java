// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.web;

/** Answers the requests of one route. Thread-safe. */
@FunctionalInterface
public interface Handler {

    /** The answer; {@link Refusal} ends the request with a problem, anything else thrown with a 500. */
    Answer handle(Call call) throws Exception;
}
