// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.realm;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.openros.domain.FileIdent;
import org.openros.merge.DownloadScan;
import org.openros.merge.DownloadScan.Batch;
import org.openros.merge.DownloadScan.Cursor;
import org.openros.protocol.DownloadEntry;
import org.openros.protocol.MessageBody;

/**
 * The entries of one DOWNLOAD, encoded. Clients that start at the same cursor and made none of the changes get the same
 * bytes, so a chunk is shared between them.
 *
 * @param end the cursor behind it
 * @param origins the file identifiers that made the changes, each once
 * @param toHead whether it ends because the history does, and not because it is full
 */
record DownloadChunk(Cursor end, MessageBody body, long[] origins, boolean toHead) {
    /** The chunk that a scan of the history found. */
    static DownloadChunk of(Batch batch, long head) {
        return new DownloadChunk(
                batch.cursor(),
                DownloadEntry.encode(toEntries(batch)),
                origins(batch),
                batch.cursor().serverVersion() == head);
    }

    /** Whether a client at the chunk's start would get the same bytes. */
    boolean suits(FileIdent client, long head) {
        return (!toHead || end.serverVersion() == head)
                && LongStream.of(origins).noneMatch(origin -> origin == client.value());
    }

    /** Whether every version from a cursor on is in here, so that the chunk means the same to other clients. */
    boolean skipsNothing(Cursor start, int entries) {
        return end.serverVersion() - start.serverVersion() == entries;
    }

    private static long[] origins(Batch batch) {
        return batch.items().stream()
                .mapToLong(item -> item.entry().origin())
                .distinct()
                .toArray();
    }

    private static List<DownloadEntry> toEntries(Batch batch) {
        List<DownloadEntry> entries = new ArrayList<>(batch.items().size());
        for (DownloadScan.Item item : batch.items()) {
            entries.add(new DownloadEntry(
                    item.entry().serverVersion(),
                    item.clientVersion(),
                    item.entry().originTimestamp(),
                    item.entry().originForOthers(),
                    item.entry().changeset().length,
                    item.entry().changeset()));
        }
        return entries;
    }
}
