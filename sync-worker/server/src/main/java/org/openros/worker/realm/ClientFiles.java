// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.realm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.openros.domain.FileIdent;
import org.openros.storage.ClientFile;
import org.openros.storage.RealmStore;

/**
 * The client files of one realm that are in use. Each has two faces: what is committed, which is all that a client may
 * be told, and what has been integrated so far.
 */
final class ClientFiles {
    private final RealmStore store;
    private final Map<FileIdent, Tracked> tracked = new HashMap<>();
    private final Set<FileIdent> unwritten = new LinkedHashSet<>();

    ClientFiles(RealmStore store) {
        this.store = store;
    }

    /** The file with everything integrated so far; null if the identifier was never allocated. */
    @Nullable ClientFile current(FileIdent ident) {
        Tracked file = load(ident);
        return file == null ? null : file.current;
    }

    /** The file as it is committed; null if it is not. */
    @Nullable ClientFile committed(FileIdent ident) {
        Tracked file = load(ident);
        return file == null ? null : file.committed;
    }

    /** Changes a file; the change waits for the next write set. */
    void change(ClientFile file) {
        Tracked known = load(file.ident());
        if (known == null) {
            tracked.put(file.ident(), new Tracked(null, file));
        } else {
            known.current = file;
        }
        unwritten.add(file.ident());
    }

    /** Adds a new file, which is in a write set already. */
    void add(ClientFile file) {
        tracked.put(file.ident(), new Tracked(null, file));
    }

    /** Takes the changes that no write set contains yet. */
    List<Unwritten> takeUnwritten() {
        if (unwritten.isEmpty()) {
            return List.of();
        }
        List<Unwritten> changes = new ArrayList<>(unwritten.size());
        for (FileIdent ident : unwritten) {
            Tracked file = Objects.requireNonNull(tracked.get(ident));
            changes.add(new Unwritten(file.current, file.trimThrough));
            file.trimThrough = 0;
        }
        unwritten.clear();
        return changes;
    }

    /**
     * The reciprocal forms of a file with everything integrated so far, by server version, encoded. The caller may
     * change the map; the storage has to be told too.
     */
    NavigableMap<Long, byte[]> reciprocals(FileIdent ident) {
        Tracked file = Objects.requireNonNull(load(ident));
        NavigableMap<Long, byte[]> forms = file.reciprocals;
        if (forms == null) {
            forms = new TreeMap<>(store.reciprocals(ident, file.current.reciprocalBase()));
            file.reciprocals = forms;
        }
        return forms;
    }

    /** Takes note that a change is on disk. */
    void commit(ClientFile file) {
        Tracked known = tracked.get(file.ident());
        if (known != null) {
            known.committed = file;
        }
    }

    /** Drops the reciprocal forms of a file up to and including a version. */
    void trim(FileIdent ident, long through) {
        NavigableMap<Long, byte[]> dropped = reciprocals(ident).headMap(through, true);
        if (!dropped.isEmpty()) {
            dropped.clear();
            Objects.requireNonNull(tracked.get(ident)).trimThrough = through;
        }
    }

    /** Forgets the files that nobody uses and that are on disk as they are here. */
    void retain(Set<FileIdent> used) {
        tracked.entrySet()
                .removeIf(file -> !used.contains(file.getKey())
                        && !unwritten.contains(file.getKey())
                        && file.getValue().current.equals(file.getValue().committed));
    }

    private @Nullable Tracked load(FileIdent ident) {
        Tracked known = tracked.get(ident);
        if (known == null) {
            ClientFile stored = store.clientFile(ident);
            if (stored != null) {
                known = new Tracked(stored, stored);
                tracked.put(ident, known);
            }
        }
        return known;
    }

    /**
     * A change that has to be stored.
     *
     * @param trimThrough reciprocal forms up to here have to go; 0 if none do
     */
    record Unwritten(ClientFile file, long trimThrough) {}

    private static final class Tracked {
        private @Nullable ClientFile committed;
        private ClientFile current;
        private @Nullable NavigableMap<Long, byte[]> reciprocals;
        private long trimThrough;

        Tracked(@Nullable ClientFile committed, ClientFile current) {
            this.committed = committed;
            this.current = current;
        }
    }
}
