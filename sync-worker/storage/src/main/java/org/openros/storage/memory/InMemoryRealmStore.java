// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.memory;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.openros.domain.FileIdent;
import org.openros.domain.RealmPath;
import org.openros.storage.ClientFile;
import org.openros.storage.HistoryEntry;
import org.openros.storage.RealmHead;
import org.openros.storage.RealmPage;
import org.openros.storage.RealmSize;
import org.openros.storage.RealmStore;
import org.openros.storage.commit.WriteSetCodec;

/** Reads a realm of {@link InMemoryState}, whether it exists yet or not. */
record InMemoryRealmStore(InMemoryState state, RealmPath path, Runnable throwIfClosed) implements RealmStore {
    @Override
    public RealmHead head() {
        throwIfClosed.run();
        return state.head(path);
    }

    @Override
    public @Nullable HistoryEntry entry(long serverVersion) {
        RealmContent content = content();
        return content == null ? null : content.entry(serverVersion);
    }

    @Override
    public void entries(long after, long through, EntryVisitor visitor) {
        RealmContent content = content();
        for (HistoryEntry entry : content == null ? List.<HistoryEntry>of() : content.entries(after, through)) {
            if (!visitor.visit(entry)) {
                return;
            }
        }
    }

    @Override
    public @Nullable ClientFile clientFile(FileIdent ident) {
        RealmContent content = content();
        return content == null ? null : content.clientFile(ident);
    }

    @Override
    public NavigableMap<Long, byte[]> reciprocals(FileIdent client, long after) {
        RealmContent content = content();
        return content == null ? new TreeMap<>() : content.reciprocals(client, after);
    }

    @Override
    public byte @Nullable [] state(byte[] key) {
        RealmContent content = content();
        return content == null ? null : content.state(key);
    }

    @Override
    public void states(byte[] prefix, byte[] after, StateVisitor visitor) {
        RealmContent content = content();
        if (content == null) {
            return;
        }
        for (Map.Entry<byte[], byte[]> piece : content.states(prefix, after).entrySet()) {
            if (!visitor.visit(piece.getKey(), piece.getValue())) {
                return;
            }
        }
    }

    @Override
    public RealmSize size() {
        RealmContent content = content();
        RealmHead head = head();
        long stored = content == null ? 0 : WriteSetCodec.encode(content.whole(path)).length;
        return new RealmSize(head.serverVersion(), head.cumulativeBytes(), stored);
    }

    /** All of it in one page: it is in memory anyway. */
    @Override
    public RealmPage page(byte[] after, long maxBytes) {
        RealmContent content = content();
        return new RealmPage(content == null ? List.of() : content.whole(path).writes(), null);
    }

    private @Nullable RealmContent content() {
        throwIfClosed.run();
        return state.content(path);
    }
}
