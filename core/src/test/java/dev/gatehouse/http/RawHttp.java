// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/** A client that sends the very bytes it is told to, and hides nothing of what comes back. */
final class RawHttp {

    private static final int PATIENCE_MILLIS = 10_000;

    private final int port;

    RawHttp(int port) {
        this.port = port;
    }

    /** Sends a request without a body; {@code headers} are whole lines. */
    Answer send(String method, String target, String... headers) throws IOException {
        return exchange(head(method, target, headers) + "\r\n");
    }

    /** Gets {@code target} on a connection that may stay open, and reads until the server closes it all the same. */
    Answer getUntilCut(String target) throws IOException {
        return exchange("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }

    /** Sends a request with its body's length. */
    Answer sendBody(String method, String target, String body, String... headers) throws IOException {
        return exchange(head(method, target, headers) + "Content-Length: " + body.length() + "\r\n\r\n" + body);
    }

    /** Sends a request whose body comes in chunks, without a length. */
    Answer sendChunked(String method, String target, String body, String... headers) throws IOException {
        StringBuilder text =
                new StringBuilder(head(method, target, headers)).append("Transfer-Encoding: chunked\r\n\r\n");
        for (int from = 0; from < body.length(); from += 1000) {
            String chunk = body.substring(from, Math.min(body.length(), from + 1000));
            text.append(Integer.toHexString(chunk.length()))
                    .append("\r\n")
                    .append(chunk)
                    .append("\r\n");
        }
        return exchange(text.append("0\r\n\r\n").toString());
    }

    /** Sends a request and then nothing more, whatever its headers promised. */
    Answer sendHalf(String method, String target, String rest, String... headers) throws IOException {
        return exchange(head(method, target, headers) + "\r\n" + rest, true);
    }

    /** Sends a request on a connection that may stay open, with some of its body, and reads one answer with a length. */
    Answer keptOpen(String method, String target, String body, String... headers) throws IOException {
        String head = method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n" + String.join("\r\n", headers);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write((head + "\r\n\r\n" + body).getBytes(StandardCharsets.ISO_8859_1));
            return first(socket.getInputStream());
        }
    }

    private static Answer first(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        while (!new Answer(text.toString()).whole()) {
            int c = in.read();
            assertThat(c).as("what comes after: " + text).isNotNegative();
            text.append((char) c);
        }
        return new Answer(text.toString());
    }

    /** Sends a request's head on a connection that may stay open; what follows is up to the caller. */
    Talk talk(String method, String target, String... headers) throws IOException {
        Talk talk = new Talk(new Socket(InetAddress.getLoopbackAddress(), port));
        talk.write(
                method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n" + String.join("\r\n", headers) + "\r\n\r\n");
        return talk;
    }

    /** A client that fails when its connection is reset while it writes, as most do. */
    static final class Talk implements AutoCloseable {

        private static final int PIECE = 16 * 1024;

        private final Socket socket;
        private final byte[] piece = "x".repeat(PIECE).getBytes(StandardCharsets.ISO_8859_1);

        private Talk(Socket socket) throws IOException {
            this.socket = socket;
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
        }

        void write(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        /** Writes so many bytes, at the pace of a slow line. */
        void writeSlowly(int bytes) throws IOException {
            for (int left = bytes; left > 0; left -= PIECE) {
                socket.getOutputStream().write(piece, 0, Math.min(left, PIECE));
                pause();
            }
        }

        /** Writes so many bytes and their end, in chunks, at the pace of a slow line. */
        void writeChunksSlowly(int bytes) throws IOException {
            for (int left = bytes; left > 0; left -= PIECE) {
                writeChunk();
                pause();
            }
            write("0\r\n\r\n");
        }

        private void writeChunk() throws IOException {
            write(Integer.toHexString(PIECE) + "\r\n");
            socket.getOutputStream().write(piece);
            write("\r\n");
        }

        /** Writes chunks until the server closes the connection, {@code most} bytes at most; how many it took. */
        int writeChunksUntilCut(int most) {
            int written = 0;
            try {
                for (; written < most; written += PIECE) {
                    writeChunk();
                }
            } catch (IOException e) { // that is what we wait for
                return written;
            }
            return written;
        }

        /** Writes a byte now and then, until there is an answer. */
        void trickleUntilAnswered() throws IOException {
            while (socket.getInputStream().available() == 0) {
                write("x");
                pause();
            }
        }

        /** Writes a byte now and then, until the server closes the connection. */
        void trickleUntilCut() {
            long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
            try {
                while (System.nanoTime() < end) {
                    write("x");
                    pause();
                }
            } catch (IOException e) {
                return;
            }
            throw new AssertionError("the server never cut the connection");
        }

        private static void pause() {
            LockSupport.parkNanos(2_000_000);
        }

        /** What comes back, until the server closes the connection. */
        Answer answer() throws IOException {
            try (socket) {
                return new Answer(all(socket.getInputStream()));
            }
        }

        /** What comes back, until it is whole. */
        Answer firstAnswer() throws IOException {
            return RawHttp.first(socket.getInputStream());
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static String head(String method, String target, String... headers) {
        StringBuilder text =
                new StringBuilder(method).append(' ').append(target).append(" HTTP/1.1\r\nHost: localhost\r\n");
        for (String header : headers) {
            text.append(header).append("\r\n");
        }
        return text.append("Connection: close\r\n").toString();
    }

    Answer exchange(String text) throws IOException {
        return exchange(text, false);
    }

    private Answer exchange(String text, boolean last) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            OutputStream out = socket.getOutputStream();
            try {
                out.write(text.getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
                if (last) {
                    socket.shutdownOutput();
                }
            } catch (SocketException e) {
                // The server had enough of the body; what it said is still to be read.
            }
            return new Answer(all(socket.getInputStream()));
        }
    }

    private static String all(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] some = new byte[4096];
        try {
            for (int n = in.read(some); n >= 0; n = in.read(some)) {
                bytes.write(some, 0, n);
            }
        } catch (SocketException e) {
            // A reset ends the answer like a close does.
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    /** What came back, until the connection ended. */
    record Answer(String text) {

        int status() {
            return text.startsWith("HTTP/1.1 ") ? Integer.parseInt(text.substring(9, 12)) : -1;
        }

        private String head() {
            int end = text.indexOf("\r\n\r\n");
            return end < 0 ? text : text.substring(0, end);
        }

        List<String> headers(String name) {
            List<String> values = new ArrayList<>();
            for (String line : head().lines().toList()) {
                int colon = line.indexOf(':');
                if (colon > 0 && line.substring(0, colon).equalsIgnoreCase(name)) {
                    values.add(line.substring(colon + 1).strip());
                }
            }
            return values;
        }

        String header(String name) {
            return String.join("|", headers(name));
        }

        String body() {
            int end = text.indexOf("\r\n\r\n");
            return end < 0 ? "" : text.substring(end + 4);
        }

        /** Whether the response reached the end that it announced. */
        boolean whole() {
            boolean chunked =
                    header("Transfer-Encoding").toLowerCase(Locale.ROOT).contains("chunked");
            return chunked
                    ? body().endsWith("0\r\n\r\n")
                    : !header("Content-Length").isEmpty()
                            && body().length() == Integer.parseInt(header("Content-Length"));
        }
    }
}
