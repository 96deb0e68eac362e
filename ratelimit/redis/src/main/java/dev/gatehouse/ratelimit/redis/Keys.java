// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.redis;

import dev.gatehouse.ratelimit.LimitKey;
import java.nio.charset.StandardCharsets;

/**
 * What is kept under which key. The part in braces is the hash tag: all that concerns one key lies in one slot of a cluster.
 *
 * @param prefix what every key begins with
 */
record Keys(String prefix) {

    /** The hash of a key's limits. */
    byte[] limits(LimitKey key) {
        return utf8(prefix + ":{" + key.kind().tag() + ':' + key.text() + '}');
    }

    /** The permits of a key under one limit; limits' names have no colon. */
    byte[] permits(LimitKey key, String limit) {
        return utf8(prefix + ":in-flight:" + limit + ":{" + key.kind().tag() + ':' + key.text() + '}');
    }

    /** The last ID among those permits. */
    byte[] lastId(LimitKey key, String limit) {
        return utf8(prefix + ":last-id:" + limit + ":{" + key.kind().tag() + ':' + key.text() + '}');
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
