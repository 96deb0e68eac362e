// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.contract.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.backup.Backups;
import dev.gatehouse.backup.source.FileTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A tree of files that no backup would have made, in a backup that is well in every other way. */
interface HostileArchives extends FaultRows {

    @Test
    default void refusesAnArchiveThatLeadsElsewhere() throws Exception {
        Map<String, byte[]> archives = new LinkedHashMap<>();
        List<String> paths = List.of(
                "../evil",
                "../../evil",
                "a/../../../evil",
                bench().folder.resolve("evil").toString(),
                "/",
                "//evil",
                "a//x",
                "a/.",
                "a/..",
                ".",
                "..",
                "b/evil",
                "evil\0.txt",
                "a/" + "n".repeat(256),
                ("d".repeat(200) + "/").repeat(30) + "x");
        paths.forEach(path -> archives.put(path, archive().file(path).end()));
        assertEachRefused(archives);
        bench().count("archive with a path that leads elsewhere", archives.size(), TamperedObjects.REFUSED);
    }

    @Test
    default void refusesAnArchiveOfWhatIsNeitherFileNorFolder() throws Exception {
        Map<String, byte[]> archives = new LinkedHashMap<>();
        for (char type : "LHPBCS\0\u00ff".toCharArray()) {
            archives.put(
                    "type " + (int) type, archive().entry(type, "evil", 0600).end());
        }
        archives.put(
                "a file that runs as its owner",
                archive().entry('F', "evil", 04755).end());
        assertEachRefused(archives);
        bench().count(
                        "archive with a link, pipe, device, socket or set-uid file",
                        archives.size(),
                        TamperedObjects.REFUSED);
    }

    @Test
    default void refusesAnArchiveThatContradictsItself() throws Exception {
        Map<String, byte[]> archives = new LinkedHashMap<>();
        archives.put("a name twice", archive().file("b").file("b").end());
        archives.put("a file where a folder is", archive().file("a").end());
        archives.put("a folder where a file is", archive().file("b").folder("b").end());
        archives.put("something below a file", archive().file("b").file("b/x").end());
        archives.put("names out of order", archive().file("c").file("b").end());
        archives.put("a folder it left", archive().folder("b").file("a/x").end());
        archives.put("a block of less than nothing", archive().block("b", -1).end());
        archives.put("a block of 2 GiB", archive().block("b", Integer.MAX_VALUE).end());
        archives.put("more entries than it has", archive().end(3_000_000_000L));
        archives.put("fewer entries than none", archive().end(-1));
        archives.put("no end", archive().bytes());
        archives.put("nothing", new byte[0]);
        archives.put("something else", new byte[100]);
        archives.put("more after its end", archive().file("b").more().end());
        assertEachRefused(archives);
        bench().count("archive that contradicts itself or lies about sizes", archives.size(), TamperedObjects.REFUSED);
    }

    /** Names that are one on some file systems are two here, and neither replaces the other. */
    @Test
    default void keepsNamesApartThatOnlyLookTheSame() throws Exception {
        FaultBench bench = bench();
        List<String> twins = List.of("README", "Readme", "cafe\u0301", "caf\u00e9", "con", "x ", "x.", "x\u202egpj");
        HostileTree tree = HostileTree.begin();
        twins.stream().sorted(HostileTree.ORDER).forEach(tree::file);
        String id = make(tree.end());
        try (Backups backups = bench.backups()) {
            backups.restore(id, bench.target);
        }
        Path files = bench.target.resolve("files");
        assertThat(Local.names(files)).containsExactlyInAnyOrderElementsOf(twins);
        for (String twin : twins) {
            assertThat(files.resolve(twin)).hasContent(twin);
        }
        Local.clear(bench.target);
        Files.delete(bench.target);
        bench.count("archive with twins in case or Unicode form, odd names", twins.size(), "each restored as itself");
    }

    private static HostileTree archive() {
        return HostileTree.begin().folder("a");
    }

    private String make(byte[] archive) throws Exception {
        return FaultBench.make(bench().builder().source(new BytesSource("files" + FileTree.SUFFIX, archive)));
    }

    private void assertEachRefused(Map<String, byte[]> archives) throws Exception {
        FaultBench bench = bench();
        List<String> before = Local.names(bench.folder);
        for (Map.Entry<String, byte[]> archive : archives.entrySet()) {
            bench.assertRefused(make(archive.getValue()), archive.getKey());
            assertThat(Local.names(bench.folder)).as(archive.getKey()).isEqualTo(before);
        }
        assertThat(Path.of("/", "evil")).doesNotExist();
        bench.assertRestores(bench.backup);
    }
}
