// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.jdbc.flyway;

import static java.lang.invoke.MethodType.methodType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.jdbc.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.List;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Flyway is an optional dependency: who migrates without it learns which one is missing. */
class MigrationsWithoutFlywayTest {

    private static final DataSource NOWHERE = new JdbcDataSource();

    @Test
    void namesTheDependency() throws Exception {
        Class<?> migrations = new WithoutFlyway().loadClass(Migrations.class.getName());
        MethodHandle migrate = MethodHandles.publicLookup()
                .findStatic(migrations, "migrate", methodType(List.class, DataSource.class, Schema[].class));

        assertThatThrownBy(() -> migrate.invokeWithArguments(NOWHERE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("org.flywaydb:flyway-core");
    }

    /** Sees this package's classes anew, and nothing of Flyway. */
    private static final class WithoutFlyway extends ClassLoader {

        WithoutFlyway() {
            super(Migrations.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("org.flywaydb.")) {
                throw new ClassNotFoundException(name);
            }
            boolean ours = name.startsWith(Migrations.class.getPackageName());
            return ours ? define(name) : super.loadClass(name, resolve);
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            try (@Nullable InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
