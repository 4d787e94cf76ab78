// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.rocks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Where a folder lies, as far as the file system tells: number and birth of a file that is made once and never written.
 * A copy or a restored backup has another one in both. One of them alone may change: not all file systems keep both.
 *
 * @param file number; empty where there is none
 * @param birth when it was made
 */
record Place(String file, String birth) {
    static final String MARK = "place";

    static Place of(Path folder) throws IOException {
        Path mark = folder.resolve(MARK);
        if (!Files.exists(mark)) {
            Files.createFile(mark);
        }
        String birth = Files.readAttributes(mark, BasicFileAttributes.class).creationTime().toString();
        return new Place(number(mark), birth);
    }

    private static String number(Path mark) throws IOException {
        try {
            return String.valueOf(Files.getAttribute(mark, "unix:ino"));
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            return "";
        }
    }

    /** Whether a folder there is a copy of the one here. */
    boolean isCopiedTo(Place other) {
        return !birth.equals(other.birth) && (file.isEmpty() || !file.equals(other.file));
    }
}
