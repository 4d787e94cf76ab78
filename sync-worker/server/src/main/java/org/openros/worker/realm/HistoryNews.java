// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.realm;

import java.util.List;
import org.openros.storage.HistoryEntry;

/** What there is behind a position in the history of a realm. Only what is committed is told. */
public sealed interface HistoryNews {
    /**
     * Entries, perhaps none.
     *
     * @param through the position behind them
     */
    record Entries(List<HistoryEntry> entries, Position through) implements HistoryNews {}

    /**
     * The history does not go on from the position: what came behind it is not kept any more, or it is of another
     * history.
     *
     * @param head the present end of the history
     */
    record Gone(Position head) implements HistoryNews {}

    /** It cannot be told now; another worker may know. */
    record Unavailable(String reason) implements HistoryNews {}

    /**
     * A position in a history.
     *
     * @param version everything up to this server version lies before it
     * @param salt of that version; 0 if it is not known, and for version 0
     */
    record Position(long version, long salt) {}
}
