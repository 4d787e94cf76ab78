// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.commit;

import java.util.ArrayList;
import java.util.List;
import org.openros.domain.log.LogEntry;
import org.openros.domain.log.Position;
import org.openros.storage.LogTail;
import org.openros.storage.WriteSet;

/** Applies entries of the log that are committed, in pieces of bounded size; each piece is of one epoch. */
public final class LogApplication {
    private static final int PIECE = 1 << 20;

    private final AppliedState state;
    private final List<WriteSet> piece = new ArrayList<>();
    private Position through = Position.START;

    private LogApplication(AppliedState state) {
        this.state = state;
    }

    /** Applies what the state lacks up to a number. */
    public static void run(HashedState state, LogTail log, long throughSeq) {
        LogApplication application = new LogApplication(state);
        while (state.applied().seq() < throughSeq) {
            for (LogEntry entry : log.read(state.applied().seq(), PIECE)) {
                if (entry.position().seq() <= throughSeq) {
                    application.take(entry);
                }
            }
            application.finishPiece();
        }
    }

    private void take(LogEntry entry) {
        if (!entry.position().epoch().equals(through.epoch())) {
            finishPiece();
        }
        switch (EntryCodec.decode(entry.payload())) {
            case EntryContent.Change(WriteSet writeSet) -> piece.add(writeSet);
            case EntryContent.NoOp _ -> {
                finishPiece();
                state.apply(List.of(), entry.position());
            }
        }
        through = entry.position();
    }

    private void finishPiece() {
        if (!piece.isEmpty()) {
            state.apply(List.copyOf(piece), through);
            piece.clear();
        }
    }
}
