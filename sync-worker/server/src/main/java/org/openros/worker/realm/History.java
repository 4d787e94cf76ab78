// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.realm;

import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import org.openros.merge.HistorySource;
import org.openros.merge.MainEntry;
import org.openros.storage.HistoryEntry;
import org.openros.storage.RealmHead;
import org.openros.storage.RealmStore;

/**
 * The server history of one realm as its actor sees it: what is committed, and behind it what has been integrated and
 * is on its way to the disk. The newest entries stay in memory because the next upload and every download need them.
 */
final class History implements HistorySource {
    /** Committed entries are kept in memory up to this many bytes. */
    private static final long RECENT_BYTES = 256 << 10;

    /** What an entry costs besides its changeset. */
    private static final long ENTRY_OVERHEAD = 128;

    private final RealmStore store;
    private final long salt;
    private final ArrayDeque<HistoryEntry> recent = new ArrayDeque<>();
    private long recentBytes;
    private RealmHead committed;
    private RealmHead head;

    /**
     * The history as it is on disk.
     *
     * @param salt stamps the versions that are appended from now on; differs from that of any other owner, so that
     *     versions that were lost and used again are noticed by clients (sync protocol, section 5.8)
     */
    History(RealmStore store, long salt) {
        this.store = store;
        this.salt = salt;
        this.committed = store.head();
        this.head = committed;
    }

    /** A number that no other owner of the realm's history has. */
    long owner() {
        return salt;
    }

    /** What clients may see. */
    RealmHead committed() {
        return committed;
    }

    /** What the next upload is integrated behind. */
    RealmHead head() {
        return head;
    }

    /**
     * Appends an integrated changeset behind the head.
     *
     * @param origin file identifier of the uploader, 0 for the server
     * @param changeset encoded; empty if nothing is left of it
     */
    HistoryEntry append(long origin, long clientVersion, long timestamp, byte[] changeset) {
        long version = head.serverVersion() + 1;
        long bytes = head.cumulativeBytes() + changeset.length;
        HistoryEntry entry = new HistoryEntry(version, salt, origin, clientVersion, timestamp, bytes, changeset);
        head = new RealmHead(version, salt, bytes, head.lastFileIdent());
        recent.addLast(entry);
        recentBytes += weight(entry);
        return entry;
    }

    /** Takes the next file identifier. */
    long allocateFileIdent() {
        long ident = head.lastFileIdent() + 1;
        head = new RealmHead(head.serverVersion(), head.salt(), head.cumulativeBytes(), ident);
        return ident;
    }

    /** Takes note that everything up to a head is on disk. */
    void commit(RealmHead through) {
        committed = through;
        shrink(RECENT_BYTES);
    }

    /** The salt of a version, 0 for version 0; null if there is no such version. */
    @Nullable Long saltOf(long version) {
        if (version == 0) {
            return 0L;
        }
        if (version == committed.serverVersion()) {
            return committed.salt();
        }
        HistoryEntry entry = store.entry(version);
        return entry == null ? null : Long.valueOf(entry.salt());
    }

    /** Bytes of all changesets up to a version. */
    long cumulativeBytes(long version) {
        if (version == head.serverVersion()) {
            return head.cumulativeBytes();
        }
        long[] found = new long[1];
        walk(version - 1, version, entry -> {
            found[0] = entry.cumulativeBytes();
            return false;
        });
        return found[0];
    }

    @Override
    public void entries(long after, long through, Visitor visitor) {
        walk(after, through, entry -> visitor.visit(toMain(entry)));
    }

    private static MainEntry toMain(HistoryEntry entry) {
        return new MainEntry(
                entry.serverVersion(),
                entry.origin(),
                entry.clientVersion(),
                entry.originTimestamp(),
                entry.changeset());
    }

    /** Walks entries, committed or not, in ascending order. */
    void walk(long after, long through, RealmStore.EntryVisitor visitor) {
        long inMemory = recent.isEmpty() ? head.serverVersion() + 1 : recent.getFirst().serverVersion();
        if (after + 1 < inMemory && walkStore(after, Math.min(through, inMemory - 1), visitor)) {
            return;
        }
        if (recent.isEmpty() || through < inMemory) {
            return;
        }
        walkRecent(after, through, visitor);
    }

    /** Walks what is on disk; true if the visitor wanted no more. */
    private boolean walkStore(long after, long through, RealmStore.EntryVisitor visitor) {
        boolean[] ended = new boolean[1];
        store.entries(after, through, entry -> {
            ended[0] = !visitor.visit(entry);
            return !ended[0];
        });
        return ended[0];
    }

    private void walkRecent(long after, long through, RealmStore.EntryVisitor visitor) {
        if (after + 1 == head.serverVersion()) {
            visitor.visit(recent.getLast());
            return;
        }
        for (HistoryEntry entry : recent) {
            long version = entry.serverVersion();
            if (version > through || (version > after && !visitor.visit(entry))) {
                return;
            }
        }
    }

    private void shrink(long limit) {
        Iterator<HistoryEntry> oldest = recent.iterator();
        while (oldest.hasNext() && recentBytes > limit) {
            HistoryEntry next = oldest.next();
            if (next.serverVersion() > committed.serverVersion()) {
                return;
            }
            recentBytes -= weight(next);
            oldest.remove();
        }
    }

    private static long weight(HistoryEntry entry) {
        return ENTRY_OVERHEAD + entry.changeset().length;
    }
}
