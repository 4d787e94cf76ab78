// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.rocks;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.domain.log.Position;
import org.openros.storage.WriteSet;
import org.openros.storage.commit.CommitLog;
import org.openros.storage.commit.WriteSetCodec;

/** Applies log entries that the state lacks, in pieces of bounded size. */
final class Replay implements CommitLog.EntryVisitor {
    private static final int PIECE = 1 << 20;

    private final RocksState state;
    private final List<WriteSet> piece = new ArrayList<>();
    private @Nullable Position through;
    private long bytes;
    private long count;

    Replay(RocksState state) {
        this.state = state;
    }

    @Override
    public void visit(Position position, byte[] payload) {
        piece.add(WriteSetCodec.decode(payload));
        through = position;
        count++;
        bytes += payload.length;
        if (bytes >= PIECE) {
            finish();
        }
    }

    /** Applies what was collected. */
    void finish() {
        if (through != null) {
            state.apply(piece, through);
            piece.clear();
            through = null;
            bytes = 0;
        }
    }

    /** How many entries were visited. */
    long count() {
        return count;
    }
}
