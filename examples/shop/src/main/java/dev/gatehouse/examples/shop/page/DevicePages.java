// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.page;

import dev.gatehouse.auth.Auth;
import dev.gatehouse.auth.session.SessionSummary;
import dev.gatehouse.examples.shop.web.Answer;
import dev.gatehouse.examples.shop.web.Call;
import dev.gatehouse.examples.shop.web.Refusal;
import dev.gatehouse.http.Problems;
import java.util.List;
import java.util.Map;

/** Where an account is signed in. */
final class DevicePages {

    private static final String PAGE = "/account/devices";

    private final Auth auth;
    private final Pages pages;

    DevicePages(Auth auth, Pages pages) {
        this.auth = auth;
        this.pages = pages;
    }

    Answer list(Call call) {
        List<SessionSummary> sessions = auth.sessions(call.session());
        Map<String, Object> values =
                Map.of("sessions", sessions.stream().map(DevicePages::row).toList(), "others", sessions.size() > 1);
        return pages.page(call.exchange(), "devices", "Your devices", values);
    }

    private static Map<String, Object> row(SessionSummary session) {
        return Map.of(
                "id", session.id(),
                "current", session.current(),
                "createdAt", When.of(session.createdAt()),
                "lastSeenAt", When.of(session.lastSeenAt()),
                "client", DeviceName.of(session.client()));
    }

    Answer end(Call call) {
        if (!auth.revoke(call.session(), call.exchange().pathVariable("id"))) {
            throw new Refusal(Problems.notFound());
        }
        return Answer.seeOther(Notices.at(PAGE, "device"));
    }

    Answer endOthers(Call call) {
        auth.revokeOthers(call.session());
        return Answer.seeOther(Notices.at(PAGE, "devices"));
    }
}
