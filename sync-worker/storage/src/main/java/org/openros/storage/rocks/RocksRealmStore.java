// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.rocks;

import java.util.Arrays;
import java.util.List;
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

/** Reads a realm from the state, whether it exists yet or not. */
final class RocksRealmStore implements RealmStore {
    private final StateDatabase db;
    private final RealmDirectory directory;
    private final RealmPath path;
    private volatile int number;

    RocksRealmStore(StateDatabase db, RealmDirectory directory, RealmPath path) {
        this.db = db;
        this.directory = directory;
        this.path = path;
    }

    @Override
    public RealmHead head() {
        int realm = number();
        byte[] head = realm == 0 ? null : db.get(Family.META, Keys.head(realm));
        return head == null ? RealmHead.EMPTY : Values.head(head);
    }

    @Override
    public @Nullable HistoryEntry entry(long serverVersion) {
        int realm = number();
        byte[] value = realm == 0 ? null : db.get(Family.HISTORY, Keys.entry(realm, serverVersion));
        return value == null ? null : Values.entry(serverVersion, value);
    }

    @Override
    public void entries(long after, long through, EntryVisitor visitor) {
        int realm = number();
        if (realm == 0 || after >= through) {
            return;
        }
        byte[] from = Keys.behind(Keys.entry(realm, after));
        byte[] to = Keys.behind(Keys.entry(realm, through));
        db.scan(Family.HISTORY, from, to, (key, value) ->
                visitor.visit(Values.entry(Keys.entryVersion(key), value)));
    }

    @Override
    public @Nullable ClientFile clientFile(FileIdent ident) {
        int realm = number();
        byte[] value = realm == 0 ? null : db.get(Family.CLIENT, Keys.clientFile(realm, ident));
        return value == null ? null : Values.clientFile(ident, value);
    }

    @Override
    public NavigableMap<Long, byte[]> reciprocals(FileIdent client, long after) {
        NavigableMap<Long, byte[]> forms = new TreeMap<>();
        int realm = number();
        if (realm != 0) {
            byte[] from = Keys.behind(Keys.reciprocal(realm, client, after));
            byte[] to = Keys.behind(Keys.reciprocal(realm, client, Long.MAX_VALUE));
            db.scan(Family.RECIPROCAL, from, to, (key, value) -> {
                forms.put(Keys.reciprocalVersion(key), value);
                return true;
            });
        }
        return forms;
    }

    @Override
    public byte @Nullable [] state(byte[] key) {
        int realm = number();
        return realm == 0 ? null : db.get(Family.STATE, Keys.state(realm, key));
    }

    @Override
    public void states(byte[] prefix, byte[] after, StateVisitor visitor) {
        int realm = number();
        if (realm == 0) {
            return;
        }
        boolean behind = after.length > 0 && Arrays.compareUnsigned(after, prefix) >= 0;
        byte[] from = behind ? Keys.behind(Keys.state(realm, after)) : Keys.state(realm, prefix);
        byte[] to = Keys.endOf(Keys.state(realm, prefix));
        db.scan(Family.STATE, from, to, (key, value) -> visitor.visit(Keys.writersKey(key), value));
    }

    @Override
    public RealmSize size() {
        int realm = number();
        RealmHead head = head();
        return new RealmSize(
                head.serverVersion(), head.cumulativeBytes(), realm == 0 ? 0 : new RealmScan(db, realm).bytes());
    }

    @Override
    public RealmPage page(byte[] after, long maxBytes) {
        int realm = number();
        return realm == 0 ? new RealmPage(List.of(), null) : new RealmScan(db, realm).page(after, maxBytes);
    }

    /** The realm's number, or 0 if it does not exist; it never changes until the realm is erased. */
    private int number() {
        if (number == 0) {
            RealmSlot slot = directory.find(path);
            number = slot == null ? 0 : slot.number();
        }
        return number;
    }
}
