// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

/**
 * What becomes of a request's body that nobody reads. A connection on which some of it is left cannot serve another
 * request: the server closes it, and a client that was not told so loses the next request it sends there.
 *
 * @param server the server's view of the request
 * @param budget counts what is read of the body
 */
record RequestBody(ServerExchange server, BodyBudget budget) {

    /** Whether some of the body may be left. */
    boolean isUnread() {
        try {
            return mayBeLeft();
        } catch (RuntimeException e) { // a broken server must not keep the answer back
            return true;
        }
    }

    private boolean mayBeLeft() {
        long length = announcedLength();
        boolean sent = length > 0 || (length < 0 && server.header("Transfer-Encoding") != null);
        return sent && !budget.isEnded(length) && (waitsForOurWord() || !server.bodyFinished());
    }

    private long announcedLength() {
        String announced = server.header("Content-Length");
        return announced == null ? -1 : HeaderText.decimal(announced);
    }

    /** The client sends its body when it is told to, and a server tells it so when anybody asks for the body. */
    boolean waitsForOurWord() {
        return server.header("Expect") != null && budget.isUntouched();
    }
}
