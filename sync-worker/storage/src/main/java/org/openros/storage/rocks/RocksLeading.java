// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.rocks;

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

/** A store while its node is master. Handles of realms cost nothing. */
final class RocksLeading implements Leading {
    private final Reign reign;
    private final StoreContent content;
    private final Consumer<RocksLeading> afterwards;

    RocksLeading(Reign reign, StoreContent content, Consumer<RocksLeading> afterwards) {
        this.reign = reign;
        this.content = content;
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
        content.db().throwIfClosed();
        return new RocksRealmStore(content.db(), content.state().directory(), path);
    }

    @Override
    public List<RealmPath> realms(String prefix, @Nullable RealmPath after, int limit) {
        reign.throwUnlessEstablished();
        return content.state().directory().list(prefix, after, limit);
    }

    /** Carries out what was submitted, which a reign that is taken away cannot wait for. */
    void finish() {
        reign.finish();
    }

    @Override
    public void close() {
        reign.end();
        afterwards.accept(this);
    }
}
