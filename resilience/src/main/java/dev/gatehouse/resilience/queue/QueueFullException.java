// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

/** More jobs wait than the queue may hold: nothing is added until it has worked some off. */
public final class QueueFullException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    QueueFullException(long waiting, long most) {
        super("resilience.queue: " + waiting + " jobs wait but at most " + most
                + " may; find out why they are not done, or raise waitingAtMost");
    }
}
