// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** What a tree says about itself: how much it is, and the hash of all names, permissions, times and contents. */
final class TreeFacts {

    private final MessageDigest tree = sha256();
    private final MessageDigest file = sha256();
    private long folders;
    private long files;
    private long bytes;
    private long fileBytes;

    /** What the tree at {@code root} says about itself now. */
    static Facts read(Path root, List<String> warnings) throws IOException {
        TreeFacts facts = new TreeFacts();
        byte[] buffer = new byte[FileTree.BLOCK];
        try (TreeStream stream = TreeStream.open(root, facts, warnings::add)) {
            while (stream.read(buffer, 0, buffer.length) >= 0) {}
        }
        return facts.facts();
    }

    static Facts read(Path root) throws IOException {
        List<String> warnings = new ArrayList<>();
        Facts facts = read(root, warnings);
        if (!warnings.isEmpty()) {
            throw new IOException("backup.files: " + warnings.get(0));
        }
        return facts;
    }

    void add(TreeEntry entry) {
        folders += entry.isFolder() ? 1 : 0;
        tree.update(entry.header());
    }

    void add(byte[] content, int offset, int length) {
        file.update(content, offset, length);
        fileBytes += length;
    }

    /** The file is complete; its length. */
    long endFile() {
        long length = fileBytes;
        tree.update(file.digest());
        tree.update(ByteBuffer.allocate(8).putLong(0, length).array());
        files++;
        bytes += length;
        fileBytes = 0;
        return length;
    }

    /** Asked once, at the end. */
    Facts facts() {
        return Facts.of(Map.of(
                "folders", String.valueOf(folders),
                "files", String.valueOf(files),
                "file bytes", String.valueOf(bytes),
                "tree", HexFormat.of().formatHex(tree.digest())));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
