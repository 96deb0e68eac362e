// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.page;

import dev.gatehouse.examples.shop.web.Answer;
import dev.gatehouse.examples.shop.web.Call;
import dev.gatehouse.examples.shop.web.Handler;

/** GET /: the shop's window. */
public final class HomePage implements Handler {

    @Override
    public Answer handle(Call call) {
        return Answer.html(200, Html.page("Corner Shop", "<p>The shop is open.</p>"));
    }
}
