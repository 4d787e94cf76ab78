// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a process has written since it was started.
 *
 * @param from where in the file that begins, in bytes
 */
record LogTail(Path log, long from) {
    private static final String REASON = "ros: ";
    private static final int LINES = 8;
    private static final int LARGEST = 1 << 20;

    /** For a process that is about to be started. */
    static LogTail behind(Path log) {
        try {
            return new LogTail(log, Files.exists(log) ? Files.size(log) : 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The reason if the log ends with one; null if it does not, or there is no log. */
    static @Nullable String lastWords(Path log) {
        if (!Files.exists(log)) {
            return null;
        }
        String last = new LogTail(log, 0).text().lines().filter(line -> !line.isBlank())
                .reduce("", (one, next) -> next);
        return last.startsWith(REASON) ? last.substring(REASON.length()) : null;
    }

    /** The reason if the process gave one in a line, as applications do before their traces, else the last lines. */
    String reason() {
        List<String> lines = text().lines().toList();
        return lines.reversed().stream()
                .filter(line -> line.startsWith(REASON))
                .findFirst()
                .orElseGet(() -> String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size())));
    }

    private String text() {
        try (SeekableByteChannel file = Files.newByteChannel(log)) {
            file.position(Math.max(from, file.size() - LARGEST));
            ByteBuffer bytes = ByteBuffer.allocate((int) (file.size() - file.position()));
            while (bytes.hasRemaining() && file.read(bytes) >= 0) {
                continue;
            }
            // Not every program writes UTF-8.
            return new String(bytes.array(), 0, bytes.position(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
