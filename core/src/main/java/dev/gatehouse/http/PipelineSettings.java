// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import dev.gatehouse.time.Ticker;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How the {@link Pipeline} guards every request. Immutable; built and validated by {@link #builder()}. */
public final class PipelineSettings {

    private final Set<String> publicOrigins;
    private final ClientAddress clientAddress;
    private final ProblemRenderer renderer;
    private final SecurityHeaders securityHeaders;
    private final Lingering lingering;
    private final Ticker ticker;
    private final SecureRandom random;

    private PipelineSettings(Builder builder) {
        publicOrigins = Set.copyOf(builder.publicOrigins);
        clientAddress = builder.clientAddress;
        renderer = builder.renderer;
        String hsts = builder.hsts == null ? null : "max-age=" + builder.hsts.toSeconds() + "; includeSubDomains";
        securityHeaders = new SecurityHeaders(builder.contentSecurityPolicy, hsts);
        lingering = builder.lingering;
        ticker = builder.ticker;
        random = builder.random;
    }

    /** No public origin (every request that names an origin and changes something is refused), no HSTS, no proxies. */
    public static PipelineSettings defaults() {
        return builder().build();
    }

    /** A builder with the values of {@link #defaults()}. */
    public static Builder builder() {
        return new Builder();
    }

    Set<String> publicOrigins() {
        return publicOrigins;
    }

    ClientAddress clientAddress() {
        return clientAddress;
    }

    ProblemRenderer renderer() {
        return renderer;
    }

    SecurityHeaders securityHeaders() {
        return securityHeaders;
    }

    Lingering lingering() {
        return lingering;
    }

    Ticker ticker() {
        return ticker;
    }

    SecureRandom random() {
        return random;
    }

    /** Collects settings; not thread-safe. */
    public static final class Builder {

        private final Set<String> publicOrigins = new HashSet<>();
        private final List<String> wrong = new ArrayList<>();
        private @Nullable Duration hsts;
        private ClientAddress clientAddress = ClientAddress.direct();
        private ProblemRenderer renderer = ProblemRenderer.json();
        private ContentSecurityPolicy contentSecurityPolicy = ContentSecurityPolicy.strict();
        private Lingering lingering = Lingering.DEFAULT;
        private Ticker ticker = Ticker.system();
        private SecureRandom random = new SecureRandom();

        private Builder() {}

        /**
         * Adds an origin under which browsers reach the application, {@code https://shop.example}: scheme, host and, when
         * it is not the scheme's own, port.
         */
        public Builder publicOrigin(URI origin) {
            if (isOrigin(origin)) {
                publicOrigins.add(canonical(origin));
            } else {
                wrong.add(
                        "pipeline.publicOrigin: was '" + origin + "' but must be http(s)://host[:port] without a path");
            }
            return this;
        }

        /**
         * Tells browsers to use HTTPS only, for this long, at least a day, for the host and all its subdomains (RFC 6797).
         * For production; off by default.
         */
        public Builder hsts(Duration maxAge) {
            if (maxAge.toDays() < 1) {
                wrong.add("pipeline.hsts: was " + maxAge + " but must be at least a day");
            }
            hsts = maxAge;
            return this;
        }

        /** How the client's address is found behind proxies. Default: the connection's other end. */
        public Builder clientAddress(ClientAddress value) {
            clientAddress = value;
            return this;
        }

        /** How problems are answered. Default: JSON. */
        public Builder problemRenderer(ProblemRenderer value) {
            renderer = value;
            return this;
        }

        /** The policy for scripts, styles and frames. Default: {@link ContentSecurityPolicy#strict()}. */
        public Builder contentSecurityPolicy(ContentSecurityPolicy value) {
            contentSecurityPolicy = value;
            return this;
        }

        /** How an answer outlives a body that nobody read. Default: {@link Lingering#DEFAULT}. */
        public Builder lingering(Lingering value) {
            lingering = value;
            return this;
        }

        /** Elapsed time. */
        public Builder ticker(Ticker value) {
            ticker = value;
            return this;
        }

        /** Randomness for nonces. */
        public Builder random(SecureRandom value) {
            random = value;
            return this;
        }

        /** The settings; throws naming every value that is wrong. */
        public PipelineSettings build() {
            if (!wrong.isEmpty()) {
                throw new IllegalArgumentException(String.join("\n", wrong));
            }
            return new PipelineSettings(this);
        }

        private static boolean isOrigin(URI uri) {
            boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            String path = uri.getRawPath();
            return web
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && (path == null || path.isEmpty() || path.equals("/"))
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
        }

        private static String canonical(URI uri) {
            String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
            int standard = scheme.equals("https") ? 443 : 80;
            boolean named = uri.getPort() != -1 && uri.getPort() != standard;
            return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + (named ? ":" + uri.getPort() : "");
        }
    }
}
