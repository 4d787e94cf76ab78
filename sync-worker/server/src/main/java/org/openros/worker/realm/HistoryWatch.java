// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.realm;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openros.storage.HistoryEntry;
import org.openros.storage.RealmHead;
import org.openros.worker.realm.HistoryNews.Position;

/** Somebody who waits for what comes behind a position, and is told once. Used in the realm's actor only. */
final class HistoryWatch {
    private final @Nullable Position after;
    private final boolean patient;
    private final long maxBytes;
    private final Consumer<HistoryNews> answer;
    private final Runnable release;
    private boolean ended;

    /**
     * Begins to wait.
     *
     * @param after null to be told the present end at once
     * @param patient whether to wait if there is nothing yet
     * @param maxBytes the entry that exceeds it is the last one told
     * @param release gives the realm back, once
     */
    HistoryWatch(
            @Nullable Position after,
            boolean patient,
            long maxBytes,
            Consumer<HistoryNews> answer,
            Runnable release) {
        this.after = after;
        this.patient = patient;
        this.maxBytes = maxBytes;
        this.answer = answer;
        this.release = release;
    }

    /** Tells what there is; false if there is nothing yet. */
    boolean serve(History history) {
        RealmHead head = history.committed();
        Position end = new Position(head.serverVersion(), head.salt());
        if (after == null) {
            end(new HistoryNews.Entries(List.of(), end));
        } else if (!isKnown(history, after, end)) {
            end(new HistoryNews.Gone(end));
        } else if (after.version() < end.version()) {
            end(read(history, after, end));
        } else if (!patient) {
            end(new HistoryNews.Entries(List.of(), end));
        }
        return ended;
    }

    private static boolean isKnown(History history, Position after, Position end) {
        if (after.version() > end.version()) {
            return false;
        }
        Long salt = history.saltOf(after.version());
        return salt != null && (after.salt() == 0 || after.salt() == salt);
    }

    private HistoryNews read(History history, Position after, Position end) {
        List<HistoryEntry> entries = new ArrayList<>();
        long[] bytes = new long[1];
        history.walk(after.version(), end.version(), entry -> {
            entries.add(entry);
            bytes[0] += entry.changeset().length;
            return bytes[0] <= maxBytes;
        });
        if (entries.isEmpty() || entries.getFirst().serverVersion() != after.version() + 1) {
            return new HistoryNews.Gone(end);
        }
        HistoryEntry last = entries.getLast();
        return new HistoryNews.Entries(entries, new Position(last.serverVersion(), last.salt()));
    }

    /** Tells how it ended, unless it has ended. */
    void end(HistoryNews news) {
        if (cancel()) {
            answer.accept(news);
        }
    }

    /** Tells nothing more; false if it has ended before. */
    boolean cancel() {
        if (ended) {
            return false;
        }
        ended = true;
        release.run();
        return true;
    }
}
