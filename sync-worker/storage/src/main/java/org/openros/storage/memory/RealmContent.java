// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.memory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
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
import org.openros.storage.Write;
import org.openros.storage.WriteSet;

/** What one realm holds. Thread-safe; what it returns is not changed later. */
final class RealmContent {
    private final NavigableMap<Long, HistoryEntry> history = new TreeMap<>();
    private final Map<FileIdent, ClientFile> clientFiles = new HashMap<>();
    private final Map<FileIdent, NavigableMap<Long, byte[]>> reciprocals = new HashMap<>();
    private final NavigableMap<byte[], byte[]> states = new TreeMap<>(Arrays::compareUnsigned);
    private RealmHead head = RealmHead.EMPTY;

    synchronized void apply(WriteSet writeSet) {
        head = head.after(writeSet);
        writeSet.writes().forEach(this::apply);
    }

    private void apply(Write write) {
        switch (write) {
            case Write.PutEntry(HistoryEntry entry) -> history.put(entry.serverVersion(), entry);
            case Write.PutClientFile(ClientFile file) -> clientFiles.put(file.ident(), file);
            case Write.PutReciprocal(FileIdent client, long version, byte[] changeset) ->
                forms(client).put(version, changeset);
            case Write.TrimReciprocal(FileIdent client, long through) ->
                forms(client).headMap(through, true).clear();
            case Write.PutState(byte[] key, byte[] value) -> states.put(key, value);
            case Write.DeleteState(byte[] key) -> states.remove(key);
            case Write.DeleteStatePrefix(byte[] prefix) -> states.keySet().removeIf(key -> startsWith(key, prefix));
            case Write.EraseRealm _ -> {
                history.clear();
                clientFiles.clear();
                reciprocals.clear();
                states.clear();
            }
        }
    }

    private NavigableMap<Long, byte[]> forms(FileIdent client) {
        return reciprocals.computeIfAbsent(client, ident -> new TreeMap<>());
    }

    static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }

    /** Everything, as a write set that would make it; two that hold the same give the same. */
    synchronized WriteSet whole(RealmPath realm) {
        List<Write> writes = new ArrayList<>();
        history.values().forEach(entry -> writes.add(new Write.PutEntry(entry)));
        new TreeMap<>(clientFiles).values().forEach(file -> writes.add(new Write.PutClientFile(file)));
        new TreeMap<>(reciprocals).forEach((client, forms) ->
                forms.forEach((version, form) -> writes.add(new Write.PutReciprocal(client, version, form))));
        states.forEach((key, value) -> writes.add(new Write.PutState(key, value)));
        return new WriteSet(realm, writes);
    }

    synchronized RealmHead head() {
        return head;
    }

    synchronized @Nullable HistoryEntry entry(long serverVersion) {
        return history.get(serverVersion);
    }

    synchronized List<HistoryEntry> entries(long after, long through) {
        return after >= through ? List.of() : List.copyOf(history.subMap(after, false, through, true).values());
    }

    synchronized @Nullable ClientFile clientFile(FileIdent ident) {
        return clientFiles.get(ident);
    }

    synchronized NavigableMap<Long, byte[]> reciprocals(FileIdent client, long after) {
        NavigableMap<Long, byte[]> forms = reciprocals.get(client);
        return forms == null ? new TreeMap<>() : new TreeMap<>(forms.tailMap(after, false));
    }

    synchronized byte @Nullable [] state(byte[] key) {
        return states.get(key);
    }

    /** The pieces whose key starts with the prefix and lies behind the other; all if that is empty. */
    synchronized NavigableMap<byte[], byte[]> states(byte[] prefix, byte[] after) {
        NavigableMap<byte[], byte[]> found = new TreeMap<>(Arrays::compareUnsigned);
        boolean behind = after.length > 0 && Arrays.compareUnsigned(after, prefix) >= 0;
        for (Map.Entry<byte[], byte[]> piece : states.tailMap(behind ? after : prefix, !behind).entrySet()) {
            if (!startsWith(piece.getKey(), prefix)) {
                break;
            }
            found.put(piece.getKey(), piece.getValue());
        }
        return found;
    }
}
