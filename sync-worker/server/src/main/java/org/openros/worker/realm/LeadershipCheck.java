// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.realm;

import java.util.function.Consumer;

/**
 * Finds out whether this worker is still the master. Needed before anything is said that a stale master might get wrong
 * and that its hearer acts upon for good, as an error that makes a client reset (group protocol, rule 15).
 */
@FunctionalInterface
public interface LeadershipCheck {
    /** For a worker that nobody can follow. */
    LeadershipCheck CERTAIN = answer -> answer.accept(true);

    /**
     * Asks.
     *
     * @param answer hears once, on any thread; true if this worker was the master at some moment after the question.
     *     Must not block
     */
    void confirm(Consumer<Boolean> answer);
}
