// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.drill;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/** The first class of a child JVM: runs another's {@code main}, and ends with the process that started it. */
final class Leash {

    /** As after SIGKILL. */
    private static final int ABANDONED = 137;

    private Leash() {}

    /** Runs {@code main} of the class that comes first, with the other arguments. */
    public static void main(String[] arguments) throws Throwable {
        InputStream leash = System.in;
        System.setIn(InputStream.nullInputStream());
        Thread watch = new Thread(() -> watch(leash), "gatehouse-drill-leash");
        watch.setDaemon(true);
        watch.start();
        try {
            Class.forName(arguments[0]).getMethod("main", String[].class).invoke(null, (Object)
                    Arrays.copyOfRange(arguments, 1, arguments.length));
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static void watch(InputStream leash) {
        try {
            while (leash.read() >= 0) {
                // Nothing is ever said on it; it only ends.
            }
        } catch (IOException e) {
            // Broken is as good as ended.
        }
        Runtime.getRuntime().halt(ABANDONED);
    }
}
