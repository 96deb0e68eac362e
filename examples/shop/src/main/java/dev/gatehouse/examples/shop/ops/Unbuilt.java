// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.ops;

import dev.gatehouse.examples.shop.web.Answer;
import dev.gatehouse.examples.shop.web.Call;
import dev.gatehouse.examples.shop.web.Handler;
import dev.gatehouse.http.Problem;

/**
 * Answers for what is not built yet: honestly, with 501.
 *
 * @param missing what is missing
 */
public record Unbuilt(String missing) implements Handler {

    @Override
    public Answer handle(Call call) {
        return Answer.problem(Problem.of(501, "Not built yet", "This comes later: " + missing + ".")
                .with("missing", missing));
    }
}
