// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.rocks;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.domain.RealmPath;
import org.openros.storage.RealmHead;
import org.openros.storage.RealmPage;
import org.openros.storage.RealmSnapshot;
import org.openros.storage.Write;

/** Reads a realm from a view of the state. */
final class RocksRealmSnapshot implements RealmSnapshot {
    private final StateDatabase.View view;
    private final RealmScan scan;

    /** The place to read on from; null at the end. */
    private byte @Nullable [] place;

    private RocksRealmSnapshot(StateDatabase.View view, RealmScan scan) {
        this.view = view;
        this.scan = scan;
        this.place = scan.realm() == 0 ? null : new byte[0];
    }

    static RocksRealmSnapshot of(StateDatabase db, RealmPath path) {
        StateDatabase.View view = db.view();
        try {
            byte[] number = view.get(Family.META, Keys.realm(path.value()));
            int realm = number == null ? 0 : Values.realm(number);
            return new RocksRealmSnapshot(view, new RealmScan(db, view::scan, realm));
        } catch (RuntimeException | Error e) {
            view.close();
            throw e;
        }
    }

    @Override
    public RealmHead head() {
        byte[] head = scan.realm() == 0 ? null : view.get(Family.META, Keys.head(scan.realm()));
        return head == null ? RealmHead.EMPTY : Values.head(head);
    }

    @Override
    public byte @Nullable [] state(byte[] key) {
        return scan.realm() == 0 ? null : view.get(Family.STATE, Keys.state(scan.realm(), key));
    }

    @Override
    public @Nullable List<Write> next(long maxBytes) {
        if (place == null) {
            return null;
        }
        RealmPage page = scan.page(place, maxBytes);
        place = page.next();
        return page.writes();
    }

    @Override
    public void close() {
        view.close();
    }
}
