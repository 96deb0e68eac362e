// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.config.Loaded;
import dev.gatehouse.config.Sources;
import dev.gatehouse.examples.shop.config.ShopConfig;
import dev.gatehouse.observability.log.Logging;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

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
            case "open" -> open(config -> {});
            case "probe" -> open(Quarantine::restored);
            case "readiness" -> ReadinessCommand.run(rest);
            case "bad-day" -> badDay();
            default -> usage();
        };
        System.exit(status);
    }

    private static int open(Consumer<ShopConfig> first) {
        try {
            Loaded<ShopConfig> loaded = ShopConfig.definition().load(Sources.system());
            first.accept(loaded.settings());
            return open(loaded);
        } catch (ConfigException e) {
            System.err.println(e.getMessage());
            return ConfigException.EXIT_CODE;
        } catch (IllegalStateException e) {
            System.err.println("The shop does not open: " + e.getMessage());
            return FAILED;
        }
    }

    private static int open(Loaded<ShopConfig> loaded) {
        Logging logs = Logs.open(loaded.settings());
        try {
            Shop shop = Shop.open(loaded, logs);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(shop, logs), "shutdown"));
            System.out.println("Corner Shop is open at " + shop.url());
            return serve();
        } catch (IOException | RuntimeException e) {
            logs.close();
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
    private static void close(Shop shop, Logging logs) {
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

    private static int badDay() {
        System.err.println("The scripted bad day is not built yet.");
        return FAILED;
    }

    private static int usage() {
        System.err.println("usage: run [open | readiness [--format=text|json|html] [--fail-level=failed|stale|unknown]"
                + " [--url=URL] | bad-day]");
        return USAGE;
    }
}
