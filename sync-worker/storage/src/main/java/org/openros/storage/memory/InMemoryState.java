// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.memory;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.openros.domain.RealmPath;
import org.openros.domain.log.Position;
import org.openros.storage.RealmHead;
import org.openros.storage.WriteSet;
import org.openros.storage.commit.HashedState;
import org.openros.storage.commit.WriteSetCodec;

/** The realms on the heap. Thread-safe. */
final class InMemoryState implements HashedState.Freezable {
    private final NavigableMap<RealmPath, RealmContent> realms = new ConcurrentSkipListMap<>();
    private volatile Position applied = Position.START;

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
            if (writeSet.erases() && writeSet.writes().size() == 1) {
                realms.remove(writeSet.realm());
            }
        }
        applied = through;
    }

    @Override
    public Position applied() {
        return applied;
    }

    @Override
    public HashedState.Picture freeze() {
        MessageDigest digest = digest();
        realms.forEach((path, content) -> digest.update(WriteSetCodec.encode(content.whole(path))));
        return new Digested(HexFormat.of().formatHex(digest.digest()));
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private record Digested(String sha256) implements HashedState.Picture {
        @Override
        public void close() {}
    }
}
