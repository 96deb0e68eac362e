// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.s3;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Stands between a client and an S3 server, passes requests on byte for byte, and spoils those it was told to. */
final class FaultyWire implements Closeable {

    private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: *([0-9]+)\r\n");

    private final ServerSocket listener;
    private final URI upstream;
    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final List<Request> seen = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    FaultyWire(URI upstream) throws IOException {
        this.upstream = upstream;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        thread(this::accept);
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /** Spoils the next {@code times} requests that match. */
    FaultyWire spoil(int times, Predicate<Request> which, Fault fault) {
        rules.add(new Rule(which, fault, times));
        return this;
    }

    List<Request> seen() {
        return seen;
    }

    long count(Predicate<Request> which) {
        return seen.stream().filter(which).count();
    }

    void heal() {
        rules.clear();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                open.add(client);
                thread(() -> serve(client));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private static void thread(Runnable work) {
        Thread thread = new Thread(work, "faulty-wire");
        thread.setDaemon(true);
        thread.start();
    }

    /** One request a connection: the answer says so. */
    private void serve(Socket client) {
        try (client) {
            Request request = request(client.getInputStream());
            Fault fault = faultFor(request);
            seen.add(request);
            fault.spoil(this, request, client);
        } catch (IOException e) {
            // The client went away, or was sent away.
            return;
        }
    }

    private synchronized Fault faultFor(Request request) {
        for (Rule rule : rules) {
            if (rule.left > 0 && rule.which.test(request)) {
                rule.left--;
                return rule.fault;
            }
        }
        return (wire, passed, client) -> client.getOutputStream().write(forward(passed));
    }

    private static Request request(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no request");
            }
            head.write(next);
        }
        String text = head.toString(StandardCharsets.ISO_8859_1);
        Matcher length = LENGTH.matcher(text.toLowerCase(Locale.ROOT));
        byte[] body = in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
        String[] words = text.split(" ", 3);
        return new Request(words[0], words[1], text, body);
    }

    byte[] forward(Request request) throws IOException {
        try (Socket server = new Socket(upstream.getHost(), upstream.getPort())) {
            OutputStream out = server.getOutputStream();
            String head = request.head().replaceAll("(?i)\r\nconnection: [^\r]*", "");
            out.write(head.replaceFirst("\r\n", "\r\nConnection: close\r\n").getBytes(StandardCharsets.ISO_8859_1));
            out.write(request.body);
            out.flush();
            return server.getInputStream().readAllBytes();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    /** One request. */
    static final class Request {
        private final String method;
        private final String path;
        private final String head;
        private final byte[] body;

        Request(String method, String path, String head, byte[] body) {
            this.method = method;
            this.path = path;
            this.head = head;
            this.body = body;
        }

        String method() {
            return method;
        }

        String head() {
            return head;
        }

        boolean is(String asked, String part) {
            return method.equals(asked) && path.contains(part);
        }
    }

    /** Does something else than passing on. */
    @FunctionalInterface
    interface Fault {
        void spoil(FaultyWire wire, Request request, Socket client) throws IOException;

        /** Answers with an error. */
        static Fault answer(int status, String code, String... headers) {
            String body = "<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>told by the test: region"
                    + "</Message></Error>";
            return (wire, request, client) -> client.getOutputStream()
                    .write(("HTTP/1.1 " + status + " Spoiled\r\nConnection: close\r\nContent-Type: application/xml\r\n"
                                    + "Date: Sat, 21 Nov 2026 10:00:00 GMT\r\n"
                                    + (headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n")
                                    + "Content-Length: " + (request.method.equals("HEAD") ? 0 : body.length())
                                    + "\r\n\r\n" + (request.method.equals("HEAD") ? "" : body))
                            .getBytes(StandardCharsets.ISO_8859_1));
        }

        /** Drops the connection before the server hears of it. */
        static Fault dropRequest() {
            return (wire, request, client) -> client.close();
        }

        /** Lets the server do it and drops the answer. */
        static Fault dropAnswer() {
            return (wire, request, client) -> {
                wire.forward(request);
                client.close();
            };
        }

        /** Sends only so many bytes of the answer's body. */
        static Fault cutAnswer(int bytes) {
            return (wire, request, client) -> {
                byte[] answer = wire.forward(request);
                client.getOutputStream().write(answer, 0, Math.min(answer.length, body(answer) + bytes));
            };
        }

        /** Flips a bit of the answer's body. */
        static Fault flipAnswer(int at) {
            return (wire, request, client) -> {
                byte[] answer = wire.forward(request);
                answer[body(answer) + at] ^= 1;
                client.getOutputStream().write(answer);
            };
        }

        /** Flips a bit of what is sent. */
        static Fault flipRequest(int at) {
            return (wire, request, client) -> {
                byte[] body = request.body.clone();
                body[at] ^= 1;
                client.getOutputStream()
                        .write(wire.forward(new Request(request.method, request.path, request.head, body)));
            };
        }

        /** Never answers. */
        static Fault hang() {
            return (wire, request, client) -> {
                int more = client.getInputStream().read();
                if (more >= 0) {
                    throw new IOException("the client went on");
                }
            };
        }

        private static int body(byte[] answer) {
            return new String(answer, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n") + 4;
        }
    }

    private static final class Rule {
        private final Predicate<Request> which;
        private final Fault fault;
        private int left;

        Rule(Predicate<Request> which, Fault fault, int left) {
            this.which = which;
            this.fault = fault;
            this.left = left;
        }
    }
}
