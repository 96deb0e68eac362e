// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.feature;

import dev.gatehouse.http.Exchange;
import dev.gatehouse.http.Interceptor;
import dev.gatehouse.http.Phase;
import dev.gatehouse.http.Verdict;
import java.util.stream.Collectors;

/** Says in a header of every answer which features are not up; without any, there is no header. */
record FeatureHeader(String header, Features features) implements Interceptor {

    @Override
    public Phase phase() {
        return Phase.EDGE;
    }

    @Override
    public Verdict before(Exchange exchange) {
        String value = features.board().names().stream()
                .filter(name -> features.state(name) != FeatureState.UP)
                .map(name -> name + "=" + features.state(name).word())
                .collect(Collectors.joining(", "));
        if (!value.isEmpty()) {
            exchange.setHeader(header, value);
        }
        return Verdict.proceed();
    }
}
