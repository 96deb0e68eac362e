// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

/**
 * The typed name of a value that an interceptor leaves on an {@link Exchange} for later ones and for the application.
 * Keys are compared by identity: keep one in a constant.
 *
 * @param <T> the value's type
 */
@SuppressWarnings("UnusedTypeParameter") // it ties the value's type to the key
public final class AttributeKey<T> {

    private final String name;

    private AttributeKey(String name) {
        this.name = name;
    }

    /** A new key; {@code name} is for people only. */
    public static <T> AttributeKey<T> of(String name) {
        return new AttributeKey<>(name);
    }

    @Override
    public String toString() {
        return name;
    }
}
