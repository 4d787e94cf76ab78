// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.realm;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import org.openros.domain.FileIdent;
import org.openros.domain.RealmPath;
import org.openros.merge.DownloadScan;
import org.openros.merge.DownloadScan.Cursor;

/**
 * Chunks that were sent a moment ago, for all realms of a worker: one change fans out to many clients, and many clients
 * may download the same history at once. Bounded in bytes; thread-safe.
 */
final class DownloadChunks {
    private static final Duration KEPT = Duration.ofSeconds(10);
    private static final int OVERHEAD = 200;

    private final Cache<Key, DownloadChunk> cache;

    DownloadChunks(long maximumBytes) {
        // Its upkeep costs less than to wake another thread for it, in the middle of a change on its way to the
        // clients.
        cache = Caffeine.newBuilder()
                .executor(Runnable::run)
                .maximumWeight(maximumBytes)
                .weigher((Key key, DownloadChunk chunk) -> OVERHEAD + chunk.body().wireSize())
                .expireAfterWrite(KEPT)
                .build();
    }

    /** The chunk behind a cursor, from the cache if another client got the same one. */
    DownloadChunk get(RealmPath realm, History history, FileIdent client, Cursor start, long head, int bytes) {
        Key key = new Key(realm, history.owner(), start);
        DownloadChunk known = cache.getIfPresent(key);
        if (known != null && known.suits(client, head)) {
            return known;
        }
        DownloadScan.Batch batch = DownloadScan.scan(history, client, start, head, bytes);
        DownloadChunk chunk = DownloadChunk.of(batch, head);
        if (!batch.items().isEmpty() && chunk.skipsNothing(start, batch.items().size())) {
            cache.put(key, chunk);
        }
        return chunk;
    }

    /**
     * Where a chunk begins.
     *
     * @param owner tells a history from an earlier one of the same realm
     */
    private record Key(RealmPath realm, long owner, Cursor start) {}
}
