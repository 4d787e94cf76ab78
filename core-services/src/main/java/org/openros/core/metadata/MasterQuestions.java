// SPDX-License-Identifier: Apache-2.0
package org.openros.core.metadata;

import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.openros.cluster.GroupView;
import org.openros.cluster.Master;
import org.openros.domain.GroupId;

/** Asks whoever is the master of a group, again and again, until somebody answers or patience is at an end. Blocks. */
public final class MasterQuestions {
    private static final Duration PAUSE = Duration.ofMillis(50);

    private MasterQuestions() {}

    /**
     * Asks until there is an answer, at least once if there is a master.
     *
     * @param groups null if no group can be reached from here
     * @param patience how long to go on
     * @param question asks a master once; null if that says nothing
     * @throws StoreUnavailableException if nobody answers in time, or the thread is interrupted
     */
    public static <T> T ask(
            @Nullable GroupView groups, GroupId group, Duration patience, Function<Master, @Nullable T> question) {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            Master master = groups == null ? null : groups.master(group);
            T answer = master == null ? null : question.apply(master);
            if (answer != null) {
                return answer;
            }
            if (System.nanoTime() - end >= 0) {
                throw new StoreUnavailableException("no master of the group " + group + " answers");
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** For questions that block: keeps the thread interrupted, and ends the asking. */
    public static StoreUnavailableException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new StoreUnavailableException("interrupted while waiting for a master", e);
    }
}
