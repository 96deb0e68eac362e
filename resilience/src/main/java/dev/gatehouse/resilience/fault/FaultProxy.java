// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.fault;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands on a port of the loopback address before a dependency's server and lets faults happen that need a real connection.
 * Without one in force it passes everything on. At most 256 connections at a time; more are closed at once. For tests and
 * staging: {@link Faults} makes one only where faults are allowed. Thread-safe.
 */
public final class FaultProxy implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FaultProxy.class);
    private static final int MOST_CONNECTIONS = 256;
    private static final int MOST_THREADS = 2 * MOST_CONNECTIONS + 2;
    private static final int CONNECT_MILLIS = 2_000;
    private static final int PORTER_MILLIS = 5_000;

    private final InetSocketAddress here;
    private final InetSocketAddress target;
    private final Supplier<Optional<Injection>> inForce;
    private final Consumer<String> struck;
    private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(0, MOST_THREADS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), FaultProxy::daemon);

    /** Listens; or, while connections are refused, only keeps the port from others. */
    private Closeable door;

    /** Takes what comes to the door, or has ended. */
    private Future<?> porter;

    private boolean refusing;
    private boolean closed;

    private FaultProxy(
            ServerSocket first,
            InetSocketAddress target,
            Supplier<Optional<Injection>> inForce,
            Consumer<String> struck) {
        this.here = new InetSocketAddress(first.getInetAddress(), first.getLocalPort());
        this.target = target;
        this.inForce = inForce;
        this.struck = struck;
        this.door = first;
        this.porter = threads.submit(() -> accept(first));
    }

    static FaultProxy to(String host, int port, Supplier<Optional<Injection>> inForce, Consumer<String> struck) {
        try {
            ServerSocket first = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            return new FaultProxy(first, InetSocketAddress.createUnresolved(host, port), inForce, struck);
        } catch (IOException e) {
            throw new UncheckedIOException("resilience.faults: no port for a proxy before " + host, e);
        }
    }

    /** Where it listens, on the loopback address. */
    public int port() {
        return here.getPort();
    }

    /** How many connections pass through it now. */
    int connections() {
        return connections.size();
    }

    /** How many threads work for connections now, besides the one that accepts them. */
    int working() {
        return Math.max(0, threads.getActiveCount() - 1);
    }

    /** The same address, with this proxy's host and port. */
    URI before(URI address) {
        String rest = address.toString()
                .substring(address.toString().indexOf(address.getAuthority())
                        + address.getAuthority().length());
        return URI.create("http://" + here.getAddress().getHostAddress() + ":" + port() + rest);
    }

    /** Opens or shuts the door, as the fault in force wants it. */
    synchronized void update() {
        boolean refuse = inForce.get()
                .filter(injection -> injection.fault().failures().kind() instanceof FaultKind.Refuse)
                .isPresent();
        if (refuse == refusing || closed) {
            return;
        }
        refusing = refuse;
        try {
            shut();
            door = refuse ? reserved() : listening();
        } catch (IOException e) {
            LOG.error("the fault proxy before {} lost its port {}", target, here.getPort(), e);
        }
        if (refuse) {
            struck.accept("refuse");
            connections.forEach(ProxiedConnection::reset);
        }
    }

    /** Until the porter has left, the system may still let somebody in: the socket lives as long as it is waited at. */
    private void shut() throws IOException {
        end(door);
        try {
            porter.get(PORTER_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the port is still open", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the port was closed");
        }
    }

    /** A port that is taken and at which nobody listens: connecting to it is refused. */
    private Socket reserved() throws IOException {
        Socket keeper = new Socket();
        keeper.setReuseAddress(true);
        keeper.bind(here);
        return keeper;
    }

    private ServerSocket listening() throws IOException {
        ServerSocket server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(here, 50);
        porter = threads.submit(() -> accept(server));
        return server;
    }

    /** Ends every connection and thread. */
    @Override
    public synchronized void close() {
        closed = true;
        end(door);
        connections.forEach(ProxiedConnection::reset);
        threads.shutdownNow();
    }

    private void accept(ServerSocket server) {
        while (!server.isClosed()) {
            try {
                serve(server.accept());
            } catch (IOException e) {
                LOG.debug("the fault proxy before {} stops listening", target, e);
            }
        }
    }

    private void serve(Socket client) {
        if (connections.size() >= MOST_CONNECTIONS) {
            struck.accept("overflow");
            end(client);
            return;
        }
        ProxiedConnection connection = new ProxiedConnection(client, inForce, struck);
        connections.add(connection);
        try {
            threads.execute(() -> serve(connection));
        } catch (RejectedExecutionException e) { // closed meanwhile
            connection.reset();
            connections.remove(connection);
        }
    }

    private void serve(ProxiedConnection connection) {
        try {
            Socket backend = new Socket();
            connection.connected(backend);
            backend.connect(new InetSocketAddress(target.getHostString(), target.getPort()), CONNECT_MILLIS);
            threads.execute(connection::passAnswers);
            connection.passRequests();
        } catch (IOException | RejectedExecutionException e) {
            LOG.debug("no connection to {}", target, e);
        } finally {
            connection.close();
            connections.remove(connection);
        }
    }

    static void end(@Nullable Closeable open) {
        try {
            if (open != null) {
                open.close();
            }
        } catch (IOException e) { // it is gone either way
            LOG.debug("could not close {}", open, e);
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "gatehouse-fault-proxy");
        thread.setDaemon(true);
        return thread;
    }
}
