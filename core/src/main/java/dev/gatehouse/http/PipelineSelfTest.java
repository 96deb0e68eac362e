// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import dev.gatehouse.readiness.Evidence;
import dev.gatehouse.readiness.Finding;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Attacks a pipeline of the application's own settings, with no gate in it, and reports what came of it (requirement
 * G10): a form from another site, a body too large, an ambiguous path, a response that leaves a browser unprotected.
 */
final class PipelineSelfTest {

    private static final String PATH = "/self-test";

    private final Pipeline twin;
    private final boolean encrypted;
    private final InstantSource clock;
    private final List<Evidence> evidence = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();

    PipelineSelfTest(PipelineSettings settings, InstantSource clock) {
        Routes target = Routes.of(Route.post(PATH).access(Access.anyone()));
        this.twin = new Pipeline(target, List.of(), settings);
        this.encrypted = settings.publicOrigins().stream().anyMatch(origin -> origin.startsWith("https:"));
        this.clock = clock;
    }

    Finding run() {
        expect("a form from another site", 403, PATH, Map.of("sec-fetch-site", "cross-site"));
        expect("a form of a null origin", 403, PATH, Map.of("origin", "null"));
        expect("a body of 1 GiB", 413, PATH, Map.of("content-length", "1073741824"));
        expect("a path with an encoded slash", 400, PATH + "%2f", Map.of());
        judgeHeaders(attack(PATH, Map.of()));
        Evidence[] all = evidence.toArray(new Evidence[0]);
        return wrong.isEmpty() ? Finding.verified(all) : Finding.failed(String.join("; ", wrong), all);
    }

    private void expect(String what, int status, String path, Map<String, String> headers) {
        int answered = attack(path, headers).status();
        note("answer to " + what, Integer.toString(answered));
        if (answered != status) {
            wrong.add(what + " was answered " + answered + ", not " + status);
        }
    }

    private SelfTestServer attack(String path, Map<String, String> headers) {
        SelfTestServer server = new SelfTestServer(path, headers);
        Passage passage = twin.enter(server);
        try {
            passage.leave(false);
        } catch (IOException e) {
            wrong.add("the self-test's request broke off");
        }
        return server;
    }

    private void judgeHeaders(SelfTestServer server) {
        String policy = server.sent("Content-Security-Policy");
        require("Content-Security-Policy", policy, isStrict(policy));
        String sniffing = server.sent("X-Content-Type-Options");
        require("X-Content-Type-Options", sniffing, sniffing.equals("nosniff"));
        String transport = server.sent("Strict-Transport-Security");
        require("Strict-Transport-Security", transport, !encrypted || transport.startsWith("max-age="));
    }

    private static boolean isStrict(String policy) {
        String text = policy.toLowerCase(Locale.ROOT);
        return text.contains("frame-ancestors 'none'") && !text.contains("unsafe-") && text.contains("default-src");
    }

    private void require(String header, String value, boolean holds) {
        note("header " + header, value.isEmpty() ? "absent" : value);
        if (!holds) {
            wrong.add("the header " + header + " does not protect");
        }
    }

    private void note(String what, String value) {
        evidence.add(new Evidence(what, value, "pipeline self-test", clock.instant()));
    }
}
