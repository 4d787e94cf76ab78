// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.memory;

import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.openros.domain.RealmPath;
import org.openros.domain.log.Position;
import org.openros.storage.RealmHead;
import org.openros.storage.WriteSet;
import org.openros.storage.commit.AppliedState;

/** The realms on the heap. Thread-safe. */
final class InMemoryState implements AppliedState {
    private final NavigableMap<RealmPath, RealmContent> realms = new ConcurrentSkipListMap<>();

    @Nullable RealmContent content(RealmPath realm) {
        return realms.get(realm);
    }

    List<RealmPath> realms(String prefix, @Nullable RealmPath after, int limit) {
        NavigableMap<RealmPath, RealmContent> rest = after == null ? realms : realms.tailMap(after, false);
        return rest.keySet().stream()
                .dropWhile(path -> path.value().compareTo(prefix) < 0)
                .takeWhile(path -> path.value().startsWith(prefix))
                .limit(limit)
                .toList();
    }

    @Override
    public RealmHead head(RealmPath realm) {
        RealmContent content = realms.get(realm);
        return content == null ? RealmHead.EMPTY : content.head();
    }

    @Override
    public void apply(List<WriteSet> writeSets, Position through) {
        for (WriteSet writeSet : writeSets) {
            realms.computeIfAbsent(writeSet.realm(), path -> new RealmContent()).apply(writeSet);
        }
    }
}
