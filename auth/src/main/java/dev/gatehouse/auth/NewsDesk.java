// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.AuthMeters.News;
import dev.gatehouse.auth.session.SessionNews;

/** Forgets what other instances say has changed. */
final class NewsDesk implements SessionNews.Hearer {

    private final Parts parts;

    NewsDesk(Parts parts) {
        this.parts = parts;
    }

    @Override
    public void changed(String account) {
        parts.live().drop(account);
        parts.keys().drop(account);
        parts.meters().news(News.HEARD);
    }

    @Override
    public void connected() {
        parts.live().dropAll();
        parts.keys().dropAll();
        parts.meters().news(News.CONNECTED);
    }

    @Override
    public void lost() {
        parts.meters().news(News.LOST);
    }
}
