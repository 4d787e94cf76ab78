// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.rocks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.openros.domain.FileIdent;
import org.openros.domain.RealmPath;
import org.openros.storage.ClientFile;
import org.openros.storage.HistoryEntry;
import org.openros.storage.RealmHead;
import org.openros.storage.Write;
import org.openros.storage.WriteSet;

/**
 * Translates write sets that are applied together into one batch.
 *
 * <p>Ranges are deleted key by key as long as they are short: RocksDB pays for a deleted range on every later read,
 * and most of these ranges hold a key or two. The search sees the state before the batch, so keys that the batch
 * itself puts are noted.
 */
final class StateChange {
    private static final int SHORT_RANGE = 64;
    private static final NavigableSet<byte[]> NOTHING = new TreeSet<>(Arrays::compareUnsigned);

    private final StateDatabase db;
    private final RealmDirectory directory;
    private final NavigableSet<byte[]> newReciprocals = new TreeSet<>(Arrays::compareUnsigned);
    private final NavigableSet<byte[]> newStates = new TreeSet<>(Arrays::compareUnsigned);
    private final Map<RealmPath, RealmSlot> slots = new LinkedHashMap<>();
    private final Map<ClientKey, ClientFile> clientFiles = new LinkedHashMap<>();
    private final Set<RealmPath> erased = new HashSet<>();
    private int lastNumber;

    private record ClientKey(int realm, FileIdent ident) {}

    StateChange(StateDatabase db, RealmDirectory directory, int lastNumber) {
        this.db = db;
        this.directory = directory;
        this.lastNumber = lastNumber;
    }

    /** The realms that were changed, as they are now. */
    Map<RealmPath, RealmSlot> slots() {
        return slots;
    }

    /** The realms that are there no more. */
    Set<RealmPath> erased() {
        return erased;
    }

    int lastNumber() {
        return lastNumber;
    }

    /**
     * Adds the write sets, then what most of them overwrite: heads and client files, each once, as the last one leaves
     * it.
     */
    void translate(List<WriteSet> writeSets, StateDatabase.Batch batch) {
        writeSets.forEach(writeSet -> add(writeSet, batch));
        clientFiles.forEach((key, file) ->
                batch.put(Family.CLIENT, Keys.clientFile(key.realm(), key.ident()), Values.of(file)));
        for (RealmSlot slot : slots.values()) {
            batch.put(Family.META, Keys.head(slot.number()), Values.of(slot.head()));
        }
    }

    private void add(WriteSet writeSet, StateDatabase.Batch batch) {
        if (writeSet.erases()) {
            erase(writeSet.realm(), batch);
        }
        if (writeSet.erases() && writeSet.writes().size() == 1) {
            return;
        }
        RealmSlot slot = slot(writeSet.realm(), batch);
        for (Write write : writeSet.writes()) {
            slot = add(slot, write, batch);
        }
        slots.put(writeSet.realm(), slot.at(slot.head().after(writeSet)));
    }

    private RealmSlot slot(RealmPath realm, StateDatabase.Batch batch) {
        RealmSlot slot = find(realm);
        return slot == null ? create(realm, batch) : slot;
    }

    private @Nullable RealmSlot find(RealmPath realm) {
        RealmSlot slot = slots.get(realm);
        return slot != null || erased.contains(realm) ? slot : directory.find(realm);
    }

    /** The number is not given to another realm, so nothing that is left of this one could be taken for its content. */
    private void erase(RealmPath realm, StateDatabase.Batch batch) {
        RealmSlot slot = find(realm);
        if (slot == null) {
            return;
        }
        boolean changed = slots.remove(realm) != null;
        erased.add(realm);
        clientFiles.keySet().removeIf(key -> key.realm() == slot.number());
        byte[] from = Keys.realm(slot.number());
        byte[] to = Keys.endOf(from);
        for (Family family : Family.OF_REALMS) {
            if (changed) {
                // What this batch puts itself cannot be found in the state yet.
                batch.deleteRange(family, from, to);
            } else {
                deleteRange(batch, family, NOTHING, from, to);
            }
        }
        batch.delete(Family.META, Keys.realm(realm.value()));
        batch.delete(Family.META, Keys.head(slot.number()));
    }

    private RealmSlot create(RealmPath realm, StateDatabase.Batch batch) {
        erased.remove(realm);
        lastNumber = Math.incrementExact(lastNumber);
        batch.put(Family.META, Keys.LAST_REALM, Values.of(lastNumber));
        batch.put(Family.META, Keys.realm(realm.value()), Values.of(lastNumber));
        return new RealmSlot(lastNumber, RealmHead.EMPTY, true);
    }

    private RealmSlot add(RealmSlot slot, Write write, StateDatabase.Batch batch) {
        int realm = slot.number();
        switch (write) {
            case Write.PutEntry(HistoryEntry entry) ->
                batch.put(Family.HISTORY, Keys.entry(realm, entry.serverVersion()), Values.of(entry));
            case Write.PutClientFile(ClientFile file) -> clientFiles.put(new ClientKey(realm, file.ident()), file);
            case Write.PutReciprocal reciprocal -> {
                return putReciprocal(slot, reciprocal, batch);
            }
            case Write.TrimReciprocal trim -> {
                return trim(slot, trim, batch);
            }
            case Write.PutState(byte[] key, byte[] value) -> {
                byte[] full = Keys.state(realm, key);
                batch.put(Family.STATE, full, value);
                newStates.add(full);
            }
            case Write.DeleteState(byte[] key) -> batch.delete(Family.STATE, Keys.state(realm, key));
            case Write.DeleteStatePrefix(byte[] prefix) -> {
                byte[] from = Keys.state(realm, prefix);
                deleteRange(batch, Family.STATE, newStates, from, Keys.endOf(from));
            }
            case Write.EraseRealm _ -> {
                // Done before all others.
            }
        }
        return slot;
    }

    private RealmSlot putReciprocal(RealmSlot slot, Write.PutReciprocal reciprocal, StateDatabase.Batch batch) {
        byte[] key = Keys.reciprocal(slot.number(), reciprocal.client(), reciprocal.serverVersion());
        batch.put(Family.RECIPROCAL, key, reciprocal.changeset());
        newReciprocals.add(key);
        return slot.withNoReciprocals(false);
    }

    private RealmSlot trim(RealmSlot slot, Write.TrimReciprocal trim, StateDatabase.Batch batch) {
        if (slot.noReciprocals()) {
            return slot;
        }
        byte[] from = Keys.reciprocal(slot.number(), trim.client(), 0);
        byte[] through = Keys.reciprocal(slot.number(), trim.client(), trim.through());
        deleteRange(batch, Family.RECIPROCAL, newReciprocals, from, Keys.behind(through));
        return slot.withNoReciprocals(hasNoReciprocals(slot.number()));
    }

    private boolean hasNoReciprocals(int realm) {
        byte[] from = Keys.realm(realm);
        byte[] to = Keys.endOf(from);
        boolean[] none = {newReciprocals.subSet(from, to).isEmpty()};
        if (none[0]) {
            db.scan(Family.RECIPROCAL, from, to, (key, value) -> none[0] = false);
        }
        return none[0];
    }

    private void deleteRange(
            StateDatabase.Batch batch, Family family, NavigableSet<byte[]> added, byte[] from, byte[] to) {
        List<byte[]> keys = new ArrayList<>(added.subSet(from, to));
        db.scan(family, from, to, (key, value) -> {
            keys.add(key);
            return keys.size() <= SHORT_RANGE;
        });
        if (keys.size() > SHORT_RANGE) {
            batch.deleteRange(family, from, to);
        } else {
            keys.forEach(key -> batch.delete(family, key));
        }
    }
}
