// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.config.Loaded;
import dev.gatehouse.config.Sources;
import dev.gatehouse.examples.shop.config.ShopConfig;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The command: without arguments it opens the shop. */
public final class Main {

    private static final int FAILED = 1;
    private static final int USAGE = 64;

    private Main() {}

    /** Runs the command and, unless the shop is open, exits. */
    public static void main(String[] args) {
        List<String> rest = Arrays.asList(args).subList(Math.min(1, args.length), args.length);
        String command = args.length == 0 ? "open" : args[0];
        int status = switch (command) {
            case "open" -> open();
            case "readiness" -> notYet("The readiness report", rest);
            case "bad-day" -> notYet("The bad day", rest);
            default -> usage();
        };
        System.exit(status);
    }

    private static int open() {
        try {
            Loaded<ShopConfig> loaded = ShopConfig.definition().load(Sources.system());
            Logs logs = Logs.configure(loaded.settings());
            Shop shop = Shop.open(loaded);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(shop, logs), "shutdown"));
            System.out.println("Corner Shop is open at " + shop.url());
            System.out.flush();
            return serve();
        } catch (ConfigException e) {
            System.err.println(e.getMessage());
            return ConfigException.EXIT_CODE;
        } catch (IOException | RuntimeException e) {
            System.err.println("The shop does not open: " + e.getMessage());
            e.printStackTrace();
            return FAILED;
        }
    }

    /** Until the process is told to end. */
    private static int serve() {
        while (!Thread.currentThread().isInterrupted()) {
            LockSupport.park();
        }
        return 0;
    }

    /** A JVM ended by a signal exits with 143 unless the last act of its one shutdown hook says otherwise. */
    private static void close(Shop shop, Logs logs) {
        int status = 0;
        try (logs) {
            shop.close();
        } catch (RuntimeException e) {
            e.printStackTrace();
            status = FAILED;
        }
        System.out.flush();
        Runtime.getRuntime().halt(status);
    }

    private static int notYet(String what, List<String> options) {
        System.err.println(what + " is not built yet" + (options.isEmpty() ? "." : " (" + options + ")."));
        return FAILED;
    }

    private static int usage() {
        System.err.println("usage: run [open | readiness [--format=text|json|html] [--fail-level=failed|stale|unknown]"
                + " [--url=URL] | bad-day]");
        return USAGE;
    }
}
