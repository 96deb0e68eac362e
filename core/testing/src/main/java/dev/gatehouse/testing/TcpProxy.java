// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A proxy in front of a real server, for tests of what happens when the network is slow, hangs or is cut. Listens on a free
 * port of the loopback address. Thread-safe; {@link #close} ends every connection and thread.
 */
public final class TcpProxy implements AutoCloseable {

    private static final int BUFFER = 64 * 1024;

    private final ServerSocket server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(TcpProxy::daemon);
    private final AtomicInteger accepted = new AtomicInteger();
    private volatile int target;
    private volatile boolean refusing;
    private volatile long delayNanos;
    private volatile int swallowing;
    private volatile CountDownLatch gate = new CountDownLatch(0);

    private TcpProxy(ServerSocket server, int target) {
        this.server = server;
        this.target = target;
        threads.execute(this::accept);
    }

    /** A proxy to this port of the loopback address. */
    public static TcpProxy to(int port) {
        try {
            return new TcpProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port);
        } catch (IOException e) {
            throw new UncheckedIOException("no port for a proxy", e);
        }
    }

    /** Where it listens. */
    public int port() {
        return server.getLocalPort();
    }

    /** Connections made from now on go to another port; the ones there are stay. */
    public void retarget(int port) {
        target = port;
    }

    /** Every answer comes later by this much; zero ends that. */
    public void delay(Duration value) {
        delayNanos = value.toNanos();
    }

    /** Nothing passes any more, in either direction, and nobody is told; until {@link #resume}. */
    public void hang() {
        gate = new CountDownLatch(1);
    }

    /** What hung goes on where it was. */
    public void resume() {
        gate.countDown();
    }

    /** What is sent on the connections there are now vanishes, and nobody is told; new ones are served. */
    public void swallow() {
        swallowing = accepted.get();
    }

    /** Ends every connection, and every new one at once; until {@link #restore}. */
    public void cut() {
        refusing = true;
        sockets.forEach(TcpProxy::end);
    }

    /** New connections are served again. */
    public void restore() {
        refusing = false;
    }

    @Override
    public void close() {
        cut();
        resume();
        end(server);
        threads.shutdownNow();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                serve(server.accept());
            } catch (IOException e) {
                // The server was closed, or the target is down: its client sees the connection end.
            }
        }
    }

    private void serve(Socket client) throws IOException {
        if (refusing) {
            end(client);
            return;
        }
        client.setTcpNoDelay(true);
        sockets.add(client);
        threads.execute(() -> connect(client));
    }

    private void connect(Socket client) {
        try {
            Socket backend = new Socket(InetAddress.getLoopbackAddress(), target);
            backend.setTcpNoDelay(true);
            sockets.add(backend);
            int number = accepted.incrementAndGet();
            threads.execute(() -> pump(client, backend, number, false));
            pump(backend, client, number, true);
        } catch (IOException | RejectedExecutionException e) {
            drop(client);
        }
    }

    private void pump(Socket from, Socket to, int number, boolean answers) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            byte[] buffer = new byte[BUFFER];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                hold(answers);
                if (number > swallowing) {
                    out.write(buffer, 0, n);
                }
            }
        } catch (IOException e) {
            // One side has gone; so shall the other.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            drop(from);
            drop(to);
        }
    }

    private void hold(boolean answers) throws InterruptedException {
        if (answers && delayNanos > 0) {
            TimeUnit.NANOSECONDS.sleep(delayNanos);
        }
        gate.await();
    }

    private void drop(Socket socket) {
        sockets.remove(socket);
        end(socket);
    }

    private static void end(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            // It is gone either way.
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "gatehouse-tcp-proxy");
        thread.setDaemon(true);
        return thread;
    }
}
