// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.rocks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.openros.storage.DurableFolder;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

/**
 * What the record of a folder says is to be done with its content: begun by the record, so a crash finds it there, and
 * every step may be done again.
 */
sealed interface FolderChange {
    /** The files beside the state take its place; the log starts anew. */
    record Install() implements FolderChange {
        @Override
        public void finish(Path folder, Consumer<Failpoint> failpoints) throws IOException {
            Path installed = folder.resolve(INCOMING);
            if (Files.exists(installed)) {
                new FileTree(folder.resolve(StoreFolder.LOG)).delete();
                new FileTree(folder.resolve(StoreFolder.STATE)).delete();
                failpoints.accept(Failpoint.OLD_CONTENT_GONE);
                Files.move(installed, folder.resolve(StoreFolder.STATE), ATOMIC_MOVE);
                DurableFolder.force(folder);
            }
            failpoints.accept(Failpoint.NEW_CONTENT_IN_PLACE);
        }

        @Override
        public String text() {
            return "install";
        }
    }

    /** The content is put aside. */
    record Discard(String aside) implements FolderChange {
        @Override
        public void finish(Path folder, Consumer<Failpoint> failpoints) throws IOException {
            Path target = folder.resolve(aside);
            Files.createDirectories(target);
            moveUnlessMoved(folder.resolve(StoreFolder.LOG), target.resolve(StoreFolder.LOG));
            failpoints.accept(Failpoint.OLD_CONTENT_GONE);
            moveUnlessMoved(folder.resolve(StoreFolder.STATE), target.resolve(StoreFolder.STATE));
            DurableFolder.force(target);
            DurableFolder.force(folder);
            failpoints.accept(Failpoint.NEW_CONTENT_IN_PLACE);
        }

        private static void moveUnlessMoved(Path from, Path to) throws IOException {
            if (Files.exists(from) && !Files.exists(to)) {
                Files.move(from, to, ATOMIC_MOVE);
            }
        }

        @Override
        public String text() {
            return "discard " + aside;
        }
    }

    /** Name of the folder with files that are about to be installed. */
    String INCOMING = "incoming";

    /** What names of discarded contents begin with. */
    String DAMAGED = "damaged-";

    /** Does what is left to do. */
    void finish(Path folder, Consumer<Failpoint> failpoints) throws IOException;

    /** As it stands in the record. */
    String text();

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException if it is none
     */
    static FolderChange of(String text) {
        if (text.equals("install")) {
            return new Install();
        }
        if (text.matches("discard damaged-[0-9a-f-]+")) {
            return new Discard(text.substring(text.indexOf(' ') + 1));
        }
        throw new IllegalArgumentException("not a change of a folder: " + text);
    }
}
