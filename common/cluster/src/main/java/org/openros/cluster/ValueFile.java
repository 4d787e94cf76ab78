// SPDX-License-Identifier: Apache-2.0
package org.openros.cluster;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.openros.cluster.EmbeddedValues.Entry;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps the values of an embedded lock service in a file, always as a whole: {@code {"format": 1, "index": n, "values":
 * {key: {"index": n, "content": base64}}}}. What goes with a session is left out, and so is who holds what. Not
 * thread-safe.
 */
final class ValueFile {
    private static final int FORMAT = 1;
    /** More than any group needs; a bigger file is not ours. */
    private static final long MAX_BYTES = 64L << 20;

    private final Path file;
    private final JsonMapper json = new JsonMapper();

    ValueFile(Path file) {
        this.file = file.toAbsolutePath();
    }

    /** What was written last; nothing if there is no file. */
    EmbeddedValues read() throws LockServiceException {
        try {
            if (!Files.exists(file)) {
                return EmbeddedValues.none();
            }
            if (Files.size(file) > MAX_BYTES) {
                throw new IllegalArgumentException("it is bigger than " + MAX_BYTES + " bytes");
            }
            return parse(json.readTree(Files.readAllBytes(file)));
        } catch (JacksonException | IllegalArgumentException e) {
            throw new LockServiceException(
                    file + " is damaged (" + e.getMessage()
                    + "); put it back from a backup of the data folder, or move it"
                            + " away and run './ros group reseed-record'",
                    false,
                    e);
        } catch (IOException e) {
            throw new LockServiceException(file + " cannot be read: " + e + "; check the folder's rights", false, e);
        }
    }

    private static EmbeddedValues parse(JsonNode root) {
        if (root.required("format").intValue() != FORMAT) {
            throw new IllegalArgumentException("its format is not " + FORMAT);
        }
        NavigableMap<String, Entry> entries = new TreeMap<>();
        for (var each : root.required("values").properties()) {
            byte[] content =
                    Base64.getDecoder().decode(each.getValue().required("content").stringValue());
            long index = each.getValue().required("index").longValue();
            entries.put(each.getKey(), new Entry(content, index, null, false));
        }
        return new EmbeddedValues(entries, root.required("index").longValue());
    }

    /** Replaces the file and returns when the new one would survive a loss of power. */
    void replace(EmbeddedValues values) throws LockServiceException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            writeSynced(fresh, json.writeValueAsBytes(tree(values)));
        } catch (IOException e) {
            throw new LockServiceException(fresh + " cannot be written: " + e + "; is the disk full?", false, e);
        }
        try {
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            syncFolder();
        } catch (IOException e) {
            throw new LockServiceException(file + " cannot be replaced: " + e + "; check the disk", true, e);
        }
    }

    private ObjectNode tree(EmbeddedValues values) {
        ObjectNode root = json.createObjectNode().put("format", FORMAT).put("index", values.index());
        ObjectNode all = root.putObject("values");
        values.entries().forEach((key, entry) -> {
            if (!entry.alive()) {
                all.putObject(key)
                        .put("index", entry.index())
                        .put("content", Base64.getEncoder().encodeToString(entry.content()));
            }
        });
        return root;
    }

    private static void writeSynced(Path path, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(
                path,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer left = ByteBuffer.wrap(content);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
    }

    private void syncFolder() throws IOException {
        // Only POSIX systems can open a folder, and only there a rename needs it.
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel folder = FileChannel.open(file.resolveSibling("."), StandardOpenOption.READ)) {
                folder.force(true);
            }
        }
    }
}
