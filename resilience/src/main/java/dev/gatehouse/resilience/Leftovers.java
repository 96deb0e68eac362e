// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import java.net.http.HttpResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes what nobody will ever see: an answer that came too late, or the answer of a try that is repeated. */
final class Leftovers {

    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

    private Leftovers() {}

    static void close(Object leftover) {
        if (leftover instanceof AutoCloseable open) {
            closeQuietly(open);
        } else if (leftover instanceof HttpResponse<?> response) {
            if (response.body() instanceof AutoCloseable open) {
                closeQuietly(open);
            }
        } else if (leftover instanceof Outcome.Failed<?> failed
                && failed.cause() instanceof ErrorStatusException answer) {
            close(answer.response());
        }
    }

    private static void closeQuietly(AutoCloseable open) {
        try {
            open.close();
        } catch (Exception e) { // there is nobody to tell, and the outcome is known
            LOG.debug("could not close {}", open.getClass().getName(), e);
        }
    }
}
