// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.group;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openros.launcher.StartFailure;
import org.openros.launcher.operator.HttpEndpoint.Reply;

/** A way to ask and order the workers of a group. */
interface GroupAccess {
    /** Whom an order is for if the user named nobody. */
    enum Receiver {
        /** The master. */
        MASTER,
        /** The master, else any that answers. */
        ANY
    }

    /**
     * What became of an order.
     *
     * @param node that carried it out
     * @param reply what it said, with {@code message}
     */
    record Done(String node, Reply reply) {}

    /**
     * What the workers hold at one entry of the log.
     *
     * @param hashes by the names of the workers
     */
    record Comparison(long seq, Map<String, String> hashes) {
        boolean equal() {
            return hashes.values().stream().distinct().count() == 1;
        }
    }

    /**
     * How the workers see themselves.
     *
     * @throws StartFailure if nobody can be asked
     */
    GroupSurvey survey();

    /**
     * Gives an order.
     *
     * @param order last part of the path, {@code step-down}
     * @param node who gets it; null for whom it is meant
     * @throws StartFailure if it was refused, or it is not known what became of it
     */
    Done order(String order, Receiver meant, @Nullable String node, Map<String, ?> arguments);

    /**
     * Compares the workers.
     *
     * @throws StartFailure if they cannot be compared now
     */
    Comparison compare() throws InterruptedException;
}
