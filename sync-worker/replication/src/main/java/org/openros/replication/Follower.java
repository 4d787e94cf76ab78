// SPDX-License-Identifier: Apache-2.0
package org.openros.replication;

import org.openros.cluster.group.Member;
import org.openros.replication.frame.ConnectionId;
import org.openros.replication.frame.Frame;

/** A connection of a follower as its master sees it. */
final class Follower {
    enum Phase {
        /** The entry that both logs have in common is being looked up. */
        GREETED,
        /** It was told where to cut, and has not acknowledged yet. */
        WELCOMED,
        /** It acknowledges. */
        IN_STEP
    }

    final Member member;
    final ConnectionId connection;
    final Frame.Hello hello;
    Phase phase = Phase.GREETED;

    /** Fsynced there, as acknowledged on this connection at this epoch; -1 before the first. */
    long acked = -1;

    long ackedNonce;
    long lastHeard;

    Follower(Frame.Hello hello, long now) {
        this.member = new Member(hello.node(), hello.store());
        this.connection = hello.connection();
        this.hello = hello;
        this.lastHeard = now;
    }

    private Follower(Follower other) {
        member = other.member;
        connection = other.connection;
        hello = other.hello;
        phase = other.phase;
        acked = other.acked;
        ackedNonce = other.ackedNonce;
        lastHeard = other.lastHeard;
    }

    Follower copy() {
        return new Follower(this);
    }

    boolean isInStep() {
        return phase == Phase.IN_STEP;
    }
}
