// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.fault;

import java.io.IOException;
import java.io.OutputStream;

/** The answer of one exchange that a fault struck on its way to the client. For one thread. */
final class StruckAnswer {

    private static final long SECOND = 1_000_000_000L;

    private final Injection injection;
    private final FaultKind kind;
    private long passed;

    StruckAnswer(Injection injection, FaultKind kind) {
        this.injection = injection;
        this.kind = kind;
    }

    FaultKind kind() {
        return kind;
    }

    /** Whether nothing of it arrives and the connection is reset. */
    boolean isReset() {
        return kind instanceof FaultKind.Reset;
    }

    /** Passes the next bytes of it as the fault has it; false when the connection ends here. */
    boolean pass(byte[] bytes, int n, OutputStream out) throws IOException, InterruptedException {
        if (kind instanceof FaultKind.Partial partial) {
            write(bytes, 0, upTo(partial.bytes(), n), out);
            return passed < partial.bytes();
        }
        if (kind instanceof FaultKind.Stall stall) {
            stall(bytes, n, upTo(stall.bytes(), n), out);
        } else if (kind instanceof FaultKind.Trickle trickle) {
            trickle(bytes, n, trickle.bytesPerSecond(), out);
        } else {
            write(bytes, 0, n, out);
        }
        return true;
    }

    private int upTo(int most, int n) {
        return (int) Math.max(0, Math.min(n, most - passed));
    }

    private void stall(byte[] bytes, int n, int first, OutputStream out) throws IOException, InterruptedException {
        write(bytes, 0, first, out);
        if (first < n) {
            injection.awaitEnd();
        }
        write(bytes, first, n - first, out);
    }

    private void trickle(byte[] bytes, int n, int perSecond, OutputStream out)
            throws IOException, InterruptedException {
        int piece = Math.max(1, perSecond / 10);
        for (int from = 0; from < n; from += piece) {
            int length = Math.min(piece, n - from);
            injection.hold(length * SECOND / perSecond);
            write(bytes, from, length, out);
        }
    }

    private void write(byte[] bytes, int from, int length, OutputStream out) throws IOException {
        out.write(bytes, from, length);
        out.flush();
        passed += length;
    }
}
