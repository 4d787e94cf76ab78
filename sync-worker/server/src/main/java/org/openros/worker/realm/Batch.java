// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.realm;

import java.util.ArrayList;
import java.util.List;
import org.openros.storage.ClientFile;
import org.openros.storage.HistoryEntry;
import org.openros.storage.RealmHead;
import org.openros.storage.Write;

/** Effects that were integrated in memory and will be committed as one write set. */
final class Batch {
    private static final int ENTRY_OVERHEAD = 64;

    private final List<Write> writes = new ArrayList<>();
    private final List<ClientFile> files = new ArrayList<>();
    private final List<Runnable> whenCommitted = new ArrayList<>();
    private final List<Runnable> whenLost = new ArrayList<>();
    private long bytes;
    private long counted;
    private long uncommitted;
    private long reserved;
    private boolean hasEntries;

    void add(Write write) {
        hasEntries |= write instanceof Write.PutEntry;
        writes.add(write);
        bytes += ENTRY_OVERHEAD + size(write);
    }

    void addFile(ClientFile file) {
        files.add(file);
        add(new Write.PutClientFile(file));
    }

    /** Runs something in the realm's actor once the batch is committed, or something else if it is lost. */
    void then(Runnable committed, Runnable lost) {
        whenCommitted.add(committed);
        whenLost.add(lost);
    }

    boolean isEmpty() {
        return writes.isEmpty();
    }

    /** Bytes that were added since the last time, and are counted as uncommitted from now on. */
    long count() {
        long more = bytes - counted;
        counted = bytes;
        uncommitted += more;
        return more;
    }

    /** Holds memory that was granted for what was added last, which is not counted as uncommitted. */
    void reserve(long granted) {
        counted = bytes;
        reserved += granted;
    }

    boolean hasEntries() {
        return hasEntries;
    }

    long bytes() {
        return bytes;
    }

    List<Write> writes() {
        return writes;
    }

    /** The batch as it goes on its way. */
    Sent send(RealmHead head, long stateGeneration) {
        return new Sent(head, stateGeneration, bytes, uncommitted, reserved, files, whenCommitted, whenLost);
    }

    private static long size(Write write) {
        return switch (write) {
            case Write.PutEntry(HistoryEntry entry) -> entry.changeset().length;
            case Write.PutReciprocal reciprocal -> reciprocal.changeset().length;
            case Write.PutState state -> state.key().length + (long) state.value().length;
            case Write.PutClientFile file -> 0;
            case Write.TrimReciprocal trim -> 0;
            case Write.DeleteState state -> state.key().length;
            case Write.DeleteStatePrefix state -> state.prefix().length;
            case Write.EraseRealm erase -> 0;
        };
    }

    /**
     * What to do when a commit has ended.
     *
     * @param head the realm's head with the batch
     * @param stateGeneration names the state changes of the batch
     * @param uncommitted bytes that were counted as uncommitted
     * @param reserved bytes of granted memory that are given back
     * @param files the client files as the batch stores them
     */
    record Sent(
            RealmHead head,
            long stateGeneration,
            long bytes,
            long uncommitted,
            long reserved,
            List<ClientFile> files,
            List<Runnable> whenCommitted,
            List<Runnable> whenLost) {}
}
