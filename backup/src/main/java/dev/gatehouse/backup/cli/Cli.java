// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.cli;

import dev.gatehouse.backup.BackupException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The command, told what it may see of its surroundings. Results go to one stream, progress and errors to the other;
 * every error says what to do next.
 */
final class Cli {

    private final Map<String, String> environment;
    private final Supplier<Optional<char[]>> prompt;
    private final PrintStream out;
    private final PrintStream err;

    Cli(Map<String, String> environment, Supplier<Optional<char[]>> prompt, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.prompt = prompt;
        this.out = out;
        this.err = err;
    }

    int run(List<String> arguments) {
        try {
            return perform(arguments);
        } catch (UsageException e) {
            err.println(e.getMessage());
            err.println("try: help");
            return ExitCode.USAGE;
        } catch (NotSelected e) {
            err.println(e.getMessage());
            return e.exitCode();
        } catch (BackupException e) {
            err.println(e.getMessage());
            return ExitCode.of(e);
        } catch (IOException e) {
            err.println(message(e));
            return ExitCode.UNAVAILABLE;
        } catch (InvalidPathException e) {
            err.println("not a path: " + Options.printable(e.getInput()));
            return ExitCode.USAGE;
        } catch (RuntimeException e) {
            err.println("This program made a mistake; please report it with what follows.");
            e.printStackTrace(err);
            return ExitCode.BROKEN;
        }
    }

    private int perform(List<String> arguments) throws UsageException, NotSelected, BackupException, IOException {
        String name = arguments.isEmpty() ? "help" : arguments.get(0);
        if (name.equals("help") || arguments.contains("--help") || arguments.contains("-h")) {
            out.print(Help.TEXT);
            return arguments.isEmpty() ? ExitCode.USAGE : ExitCode.OK;
        }
        if (name.equals("version") || name.equals("--version")) {
            out.println(version());
            return ExitCode.OK;
        }
        Optional<Command> command = Commands.find(name);
        if (command.isEmpty()) {
            throw new UsageException("unknown command: " + Options.printable(name));
        }
        Options options = Options.read(
                arguments.subList(1, arguments.size()), command.get().options());
        return command.get().run(new Command.Session(options, environment, prompt, out, err));
    }

    private static String version() {
        return Optional.ofNullable(Cli.class.getPackage().getImplementationVersion())
                .map(version -> "gatehouse-backup " + version)
                .orElse("gatehouse-backup, unpacked");
    }

    /** A file system's exceptions say no more than a path. */
    private static String message(IOException e) {
        String message = String.valueOf(e.getMessage());
        return message.startsWith("backup.")
                ? message
                : e.getClass().getSimpleName().replace("Exception", "") + ": " + message;
    }
}
