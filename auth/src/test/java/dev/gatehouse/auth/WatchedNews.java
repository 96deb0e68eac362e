// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.session.SessionNews;
import dev.gatehouse.jdbc.Tx;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** News that a test can wait for: until the hearer has done what it does. */
final class WatchedNews implements SessionNews {

    private final SessionNews news;
    private final Semaphore connected = new Semaphore(0);
    private final Semaphore changed = new Semaphore(0);
    private final Semaphore lost = new Semaphore(0);
    private final AtomicInteger changes = new AtomicInteger();

    WatchedNews(SessionNews news) {
        this.news = news;
    }

    @Override
    public void tell(Tx tx, String account) {
        news.tell(tx, account);
    }

    @Override
    public Subscription listen(Hearer hearer) {
        return news.listen(new Hearer() {
            @Override
            public void changed(String account) {
                hearer.changed(account);
                changes.incrementAndGet();
                changed.release();
            }

            @Override
            public void connected() {
                hearer.connected();
                connected.release();
            }

            @Override
            public void lost() {
                hearer.lost();
                lost.release();
            }
        });
    }

    void awaitConnected() {
        await(connected);
    }

    void awaitChanged() {
        await(changed);
    }

    void awaitLost() {
        await(lost);
    }

    int changes() {
        return changes.get();
    }

    /** Forgets the changes that were heard so far. */
    void forget() {
        changed.drainPermits();
        changes.set(0);
    }

    private static void await(Semaphore event) {
        try {
            if (!event.tryAcquire(30, TimeUnit.SECONDS)) {
                throw new AssertionError("nothing was heard");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
