// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.link;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32C;
import org.openros.domain.Epoch;
import org.openros.domain.log.EpochTable;
import org.openros.domain.log.Position;
import org.openros.storage.StoreCheckpoint;

/** A checkpoint of some random files; tells whether it was closed. */
record FolderCheckpoint(Path folder, Manifest manifest, AtomicInteger closed) implements StoreCheckpoint {
    /** Makes files of the given sizes, with names that stay the same for one number. */
    static FolderCheckpoint of(Path folder, long seed, int... sizes) throws IOException {
        Files.createDirectories(folder);
        Random random = new Random(seed);
        List<File> files = new ArrayList<>();
        for (int i = 0; i < sizes.length; i++) {
            byte[] content = new byte[sizes[i]];
            random.nextBytes(content);
            Files.write(folder.resolve("file-" + i), content);
            files.add(new File("file-" + i, content.length, crc(content)));
        }
        Manifest manifest =
                new Manifest(TestNode.LINEAGE, new Epoch(6), Position.START, EpochTable.EMPTY, List.copyOf(files));
        return new FolderCheckpoint(folder, manifest, new AtomicInteger());
    }

    private static int crc(byte[] content) {
        CRC32C crc = new CRC32C();
        crc.update(content, 0, content.length);
        return (int) crc.getValue();
    }

    boolean isEqualTo(Path other) throws IOException {
        for (File file : manifest.files()) {
            if (Files.mismatch(folder.resolve(file.name()), other.resolve(file.name())) >= 0) {
                return false;
            }
        }
        try (var names = Files.list(other)) {
            return names.count() == manifest.files().size();
        }
    }

    @Override
    public void close() {
        closed.incrementAndGet();
    }
}
