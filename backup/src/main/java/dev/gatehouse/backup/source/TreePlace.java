// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Where an archive's entries go. Each must be in the folder that was named last or in one that this one is in, and after
 * the entry that came there before it: so nothing is named twice, and nothing lies below a file.
 */
final class TreePlace {

    private final Path root;
    private final Deque<Folder> stack = new ArrayDeque<>();
    private boolean begun;

    TreePlace(Path root) {
        this.root = root;
    }

    /** Where {@code entry} goes. Folders that it leaves behind get their permissions and times. */
    Path next(TreeEntry entry) throws IOException {
        if (!begun) {
            TreeUnpacker.require(entry.isFolder() && entry.path().isEmpty(), "does not begin with its root");
            begun = true;
            stack.push(new Folder(root, entry));
            return root;
        }
        int slash = entry.path().lastIndexOf('/');
        String parent = entry.path().substring(0, Math.max(0, slash));
        String name = entry.path().substring(slash + 1);
        boolean sound = FileTree.isName(name) && slash != 0 && entry.path().length() <= FileTree.LONGEST_PATH;
        TreeUnpacker.require(sound, "has a name that no file has");
        return within(leaveUntil(parent), name, entry);
    }

    private Folder leaveUntil(String parent) throws IOException {
        while (!stack.isEmpty() && !stack.element().entry.path().equals(parent)) {
            stack.pop().finish();
        }
        TreeUnpacker.require(!stack.isEmpty(), "names something outside of the folder it is in");
        return stack.element();
    }

    private Path within(Folder folder, String name, TreeEntry entry) throws IOException {
        TreeUnpacker.require(FileTree.ORDER.compare(folder.last, name) < 0, "names something twice or out of order");
        folder.last = name;
        Path path = folder.path.resolve(name);
        if (entry.isFolder()) {
            TreeUnpacker.require(stack.size() <= FileTree.DEEPEST, "has folders too deep");
            stack.push(new Folder(path, entry));
        }
        return path;
    }

    void end() throws IOException {
        TreeUnpacker.require(begun, "is empty");
        while (!stack.isEmpty()) {
            stack.pop().finish();
        }
    }

    /** Sets permissions and time, of a folder after all that is in it. */
    static void finish(Path path, TreeEntry entry) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        view.setTimes(entry.time(), null, null);
        view.setPermissions(entry.permissions());
    }

    /** A folder whose entries may follow. */
    private static final class Folder {

        private final Path path;
        private final TreeEntry entry;
        private String last = "";

        Folder(Path path, TreeEntry entry) {
            this.path = path;
            this.entry = entry;
        }

        void finish() throws IOException {
            TreePlace.finish(path, entry);
        }
    }
}
