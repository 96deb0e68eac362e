// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection through a fault proxy. An exchange begins with the first bytes of the client after the server spoke; what
 * happens to its answer is drawn then.
 */
final class ProxiedConnection {

    private static final Logger LOG = LoggerFactory.getLogger(ProxiedConnection.class);
    private static final int BUFFER = 16 * 1024;

    private final Socket client;
    private final Supplier<Optional<Injection>> inForce;
    private final Consumer<String> struck;
    private @Nullable Socket backend;
    private @Nullable Thread answering;
    private boolean serverSpoke = true;
    private @Nullable StruckAnswer answer;
    private boolean closed;

    ProxiedConnection(Socket client, Supplier<Optional<Injection>> inForce, Consumer<String> struck) {
        this.client = client;
        this.inForce = inForce;
        this.struck = struck;
    }

    synchronized void connected(Socket server) throws IOException {
        backend = server;
        if (closed) {
            throw new IOException("closed before it was connected");
        }
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
    }

    /** Passes what the client says, on this thread, until either side has gone. */
    void passRequests() throws IOException {
        byte[] buffer = new byte[BUFFER];
        InputStream in = client.getInputStream();
        OutputStream out = backend().getOutputStream();
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            clientSpeaks();
            out.write(buffer, 0, n);
        }
    }

    /** Passes what the server says, on this thread, as the fault has it. */
    void passAnswers() {
        synchronized (this) {
            answering = Thread.currentThread();
        }
        try {
            byte[] buffer = new byte[BUFFER];
            InputStream in = backend().getInputStream();
            OutputStream out = client.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                pass(serverSpeaks(), buffer, n, out);
            }
        } catch (IOException e) {
            LOG.debug("one side has gone; so shall the other", e);
        } catch (InterruptedException e) {
            LOG.debug("the connection was closed while its answer was held", e);
        } finally {
            close();
        }
    }

    private void pass(@Nullable StruckAnswer struckAnswer, byte[] bytes, int n, OutputStream out)
            throws IOException, InterruptedException {
        if (struckAnswer == null) {
            out.write(bytes, 0, n);
        } else if (struckAnswer.isReset()) {
            reset();
        } else if (!struckAnswer.pass(bytes, n, out)) {
            close();
        }
    }

    private synchronized Socket backend() throws IOException {
        if (backend == null || closed) {
            throw new IOException("not connected");
        }
        return backend;
    }

    private void clientSpeaks() {
        StruckAnswer next = null;
        boolean begins;
        synchronized (this) {
            begins = serverSpoke;
            serverSpoke = false;
        }
        if (begins) {
            next = inForce.get()
                    .flatMap(injection -> injection.nextExchange().map(kind -> new StruckAnswer(injection, kind)))
                    .orElse(null);
            synchronized (this) {
                answer = next;
            }
        }
        if (next != null) {
            struck.accept(next.kind().word());
        }
    }

    private synchronized @Nullable StruckAnswer serverSpeaks() {
        serverSpoke = true;
        return answer;
    }

    /** Ends it as a machine that lost it would: with a reset. */
    void reset() {
        try {
            client.setSoLinger(true, 0);
        } catch (IOException e) {
            LOG.debug("closed already", e);
        }
        close();
    }

    /** Ends both sides, and whoever holds an answer. */
    synchronized void close() {
        closed = true;
        FaultProxy.end(client);
        FaultProxy.end(backend);
        if (answering != null && answering != Thread.currentThread()) {
            answering.interrupt();
        }
        answering = null;
    }
}
