// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.benchmarks.whole;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The endpoint that every server serves. */
final class PingServlet extends HttpServlet {

    private static final long serialVersionUID = 1;
    private static final byte[] BODY = "{\"status\":\"ok\",\"items\":3}".getBytes(StandardCharsets.UTF_8);

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("application/json");
        response.setContentLength(BODY.length);
        response.getOutputStream().write(BODY);
    }
}
