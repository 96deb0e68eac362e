// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.sql;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Wrapper;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What connections and statements have in common when they are watched. They are proxies, for JDBC's interfaces have
 * hundreds of methods of which a watch cares about twenty, and grow: what the driver says and throws goes through as it is.
 *
 * @param <T> the JDBC type
 */
abstract class Watched<T extends Wrapper> implements InvocationHandler {

    private final T delegate;
    private final T proxy;

    Watched(Class<? extends T> type, T delegate) {
        this.delegate = delegate;
        this.proxy = type.cast(Proxy.newProxyInstance(Watched.class.getClassLoader(), new Class<?>[] {type}, this));
    }

    T delegate() {
        return delegate;
    }

    T proxy() {
        return proxy;
    }

    /** A call that is the watch's business, or passed on with {@link #pass}. */
    abstract @Nullable Object called(Method method, Object @Nullable [] arguments) throws Throwable;

    @Override
    public @Nullable Object invoke(Object self, Method method, Object @Nullable [] arguments) throws Throwable {
        return switch (method.getName()) {
            case "equals" -> self == first(arguments);
            case "hashCode" -> System.identityHashCode(self);
            case "toString" -> "watched " + delegate.getClass().getName();
            case "isWrapperFor" -> type(arguments).isInstance(self) || delegate.isWrapperFor(type(arguments));
            case "unwrap" -> type(arguments).isInstance(self) ? self : delegate.unwrap(type(arguments));
            default -> called(method, arguments);
        };
    }

    /** Makes the call on the driver's object; what that throws is thrown as it is. */
    @Nullable Object pass(Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(delegate, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    static Object first(Object @Nullable [] arguments) {
        return Objects.requireNonNull(arguments)[0];
    }

    private static Class<?> type(Object @Nullable [] arguments) {
        return (Class<?>) first(arguments);
    }
}
