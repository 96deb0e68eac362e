// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.drill;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** The main class of a small application that does what its argument says. */
final class Application {

    private Application() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        switch (arguments[0]) {
            case "opens" -> open();
            case "tells" -> {
                System.out.println("environment " + System.getenv().keySet());
                open();
            }
            case "exits" -> {
                System.err.println("no table orders");
                System.exit(3);
            }
            case "hangs" -> new CountDownLatch(1).await();
            case "chatters" -> {
                for (int i = 0; i < 500; i++) {
                    System.out.println("line " + i + " " + "x".repeat(5_000));
                }
                open();
            }
            case "begets" -> {
                Process child = new ProcessBuilder(List.of("sleep", "600")).start();
                System.out.println("child " + child.pid() + " open");
                new CountDownLatch(1).await();
            }
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static void open() throws InterruptedException {
        System.out.println("open at port 1");
        new CountDownLatch(1).await();
    }
}
