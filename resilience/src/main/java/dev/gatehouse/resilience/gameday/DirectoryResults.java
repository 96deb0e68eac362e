// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.gameday;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Results as JSON files: {@code SCENARIO.NUMBER.json}, the highest number the newest. A file appears whole or not at all.
 */
final class DirectoryResults implements GameDayResults {

    private static final Pattern NAME = Pattern.compile("([a-z][a-z0-9-]{0,39})\\.([0-9]{8})\\.json");

    private final Path folder;

    DirectoryResults(Path folder) {
        this.folder = folder;
    }

    @Override
    public synchronized void keep(GameDayResult result) {
        try {
            Files.createDirectories(folder);
            List<Entry> earlier = entries(result.scenario());
            int number = earlier.isEmpty() ? 1 : earlier.get(0).number() + 1;
            write(String.format("%s.%08d.json", result.scenario(), number), ResultJson.write(result));
            for (Entry old : earlier.subList(Math.min(earlier.size(), KEPT - 1), earlier.size())) {
                Files.deleteIfExists(old.file());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a game day's result could not be kept in " + folder, e);
        }
    }

    private void write(String name, String json) throws IOException {
        Path part = folder.resolve(name + ".part");
        try (FileChannel channel = FileChannel.open(
                part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public synchronized List<GameDayResult> latest() {
        return entries().stream()
                .map(Entry::scenario)
                .distinct()
                .sorted()
                .map(scenario -> read(entries(scenario).get(0)))
                .toList();
    }

    @Override
    public synchronized List<GameDayResult> of(String scenario) {
        return entries(scenario).stream().map(DirectoryResults::read).toList();
    }

    private List<Entry> entries(String scenario) {
        return entries().stream()
                .filter(entry -> entry.scenario().equals(scenario))
                .toList();
    }

    /** Every result there is, newest first. */
    private List<Entry> entries() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.flatMap(DirectoryResults::entry)
                    .sorted(Comparator.comparingInt(Entry::number).reversed())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the results of game days in " + folder + " could not be listed", e);
        }
    }

    private static Stream<Entry> entry(Path file) {
        Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
        return name.matches()
                ? Stream.of(new Entry(name.group(1), Integer.parseInt(name.group(2)), file))
                : Stream.of();
    }

    private static GameDayResult read(Entry entry) {
        try {
            return ResultJson.read(Files.readAllBytes(entry.file()));
        } catch (IOException e) {
            throw new UncheckedIOException("the game day's result in " + entry.file() + " could not be read", e);
        }
    }

    /** One file. */
    private record Entry(String scenario, int number, Path file) {}
}
