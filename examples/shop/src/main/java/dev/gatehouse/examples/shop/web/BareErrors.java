// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.web;

import dev.gatehouse.context.RequestId;
import dev.gatehouse.json.JsonWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What Jetty answers by itself to what is not even HTTP, before the pipeline: a problem that tells nothing. */
final class BareErrors implements Request.Handler {

    private final boolean hsts;

    /** With {@code hsts} when the pipeline's answers have it too. */
    BareErrors(boolean hsts) {
        this.hsts = hsts;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        String id = RequestId.accept(request.getHeaders().get("X-Request-Id"));
        JsonWriter json = new JsonWriter()
                .beginObject()
                .field("type", "about:blank")
                .field("title", HttpStatus.getMessage(status))
                .field("status", status)
                .field("detail", "The request was not understood.")
                .field("requestId", id);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/problem+json");
        response.getHeaders().put("X-Request-Id", id);
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        response.getHeaders().put("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        response.getHeaders().put("X-Frame-Options", "DENY");
        response.getHeaders().put("Referrer-Policy", "no-referrer");
        if (hsts) {
            response.getHeaders().put("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
        }
        byte[] body = json.endObject().toString().getBytes(StandardCharsets.UTF_8);
        response.write(true, ByteBuffer.wrap(body), callback);
        return true;
    }
}
