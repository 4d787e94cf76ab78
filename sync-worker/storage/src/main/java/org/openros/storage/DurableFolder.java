// SPDX-License-Identifier: Apache-2.0
package org.openros.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** Makes names in a folder durable. */
public final class DurableFolder {
    /** Windows cannot open a folder for that, and keeps names by itself. */
    private static final boolean OPENABLE =
            !System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");

    private DurableFolder() {}

    /** Returns once the names of all files that were created, renamed or removed are durable. */
    public static void force(Path folder) throws IOException {
        if (OPENABLE) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
