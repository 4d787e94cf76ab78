// SPDX-License-Identifier: Apache-2.0
package org.openros.replication;

import org.jspecify.annotations.Nullable;
import org.openros.domain.Epoch;

/** The end of a reign, in this order: stop serving, flush, unlock, end the session (group protocol, "Lease"). */
final class Leave implements Duty {
    final Epoch epoch;
    final String session;

    /** Whether the node keeps its session and leaves the lock to others for a while. */
    final boolean planned;

    final String why;
    /** To be answered at the end. */
    final @Nullable Long order;

    Leave(Epoch epoch, String session, boolean planned, String why, @Nullable Long order) {
        this.epoch = epoch;
        this.session = session;
        this.planned = planned;
        this.why = why;
        this.order = order;
    }

    /** Nothing in it changes. */
    @Override
    public Leave copy() {
        return this;
    }
}
