// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.memory;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.domain.RealmPath;
import org.openros.storage.RealmHead;
import org.openros.storage.RealmSnapshot;
import org.openros.storage.Write;
import org.openros.storage.WriteSet;

/** All of a realm in one page: it is in memory anyway. */
final class InMemoryRealmSnapshot implements RealmSnapshot {
    private final WriteSet all;
    private boolean read;

    InMemoryRealmSnapshot(@Nullable RealmContent content, RealmPath path) {
        all = content == null ? new WriteSet(path, List.of()) : content.whole(path);
        read = content == null;
    }

    @Override
    public RealmHead head() {
        return RealmHead.EMPTY.after(all);
    }

    @Override
    public byte @Nullable [] state(byte[] key) {
        for (Write write : all.writes()) {
            if (write instanceof Write.PutState(byte[] name, byte[] value) && Arrays.equals(name, key)) {
                return value;
            }
        }
        return null;
    }

    @Override
    public @Nullable List<Write> next(long maxBytes) {
        List<Write> page = read ? null : all.writes();
        read = true;
        return page;
    }

    @Override
    public void close() {}
}
