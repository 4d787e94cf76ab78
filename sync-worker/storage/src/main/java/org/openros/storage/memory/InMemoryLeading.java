// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.memory;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openros.domain.RealmPath;
import org.openros.domain.log.Position;
import org.openros.storage.CommitListener;
import org.openros.storage.Leading;
import org.openros.storage.RealmStore;
import org.openros.storage.WriteSet;
import org.openros.storage.commit.Reign;

/** A store on the heap while its node is master. */
final class InMemoryLeading implements Leading {
    private final Reign reign;
    private final InMemoryState state;
    private final Consumer<InMemoryLeading> afterwards;

    InMemoryLeading(Reign reign, InMemoryState state, Consumer<InMemoryLeading> afterwards) {
        this.reign = reign;
        this.state = state;
        this.afterwards = afterwards;
    }

    @Override
    public CompletableFuture<Position> established() {
        return reign.established();
    }

    @Override
    public void commit(WriteSet writeSet, CommitListener listener) {
        reign.commit(writeSet, listener);
    }

    @Override
    public RealmStore realm(RealmPath path) {
        reign.throwUnlessEstablished();
        return new InMemoryRealmStore(state, path, () -> {});
    }

    @Override
    public List<RealmPath> realms(String prefix, @Nullable RealmPath after, int limit) {
        reign.throwUnlessEstablished();
        return state.realms(prefix, after, limit);
    }

    @Override
    public void close() {
        reign.end();
        afterwards.accept(this);
    }
}
