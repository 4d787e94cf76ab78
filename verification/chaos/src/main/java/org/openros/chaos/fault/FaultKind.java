// SPDX-License-Identifier: Apache-2.0
package org.openros.chaos.fault;

import java.util.Locale;

/** What can be done to a cluster; in comments the faults of the group protocol that it stands for. */
public enum FaultKind {
    /** kill -9 (F1). */
    KILL_MASTER(false),
    /** kill -9 (F1). */
    KILL_BACKUP(false),
    /** kill -9 (F1). */
    KILL_SPARE(false),
    /** kill -9 of one gateway; its clients come back through the other one, or wait. */
    KILL_GATEWAY(false),
    /** kill -9 of one instance of core services. */
    KILL_CORE(false),
    /** SIGSTOP for 5 to 20 s, then SIGCONT (F2, F10). */
    PAUSE_MASTER(false),
    /** SIGSTOP for 5 to 20 s, then SIGCONT (F2, F10). */
    PAUSE_BACKUP(false),
    /** kill -9 of the master and, once that is replaced, of its successor: two nodes are down. */
    TWO_FAILOVERS(true),
    /** kill -9 of the leader of Consul (F4). */
    KILL_CONSUL_LEADER(false),
    /** All servers of Consul are down for 30 s (F4). */
    STOP_CONSUL(true),
    /** The master is cut off from its followers and from Consul, silently or by refused connections (F3). */
    PARTITION_MASTER(false),
    /** The master is cut off from its followers, and not from Consul (F3). */
    CUT_MASTER_FROM_FOLLOWERS(false),
    /** The master is cut off from Consul, and not from its followers (F3). */
    CUT_MASTER_FROM_CONSUL(false),
    /** The backup is cut off from Consul (F3). */
    CUT_BACKUP_FROM_CONSUL(false),
    /** kill -9 of one worker, whose data folder is gone when it comes back (F11). */
    WIPE_DISK(false),
    /** The master is told to hand over. */
    STEP_DOWN(false),
    /** Every process is restarted in good order, one at a time, the master last of the workers (F12). */
    ROLLING_RESTART(false);

    private final boolean excuses;

    FaultKind(boolean excuses) {
        this.excuses = excuses;
    }

    /** Whether uploads may wait as long as it lasts, because more than one node is down, or the lock service is. */
    public boolean excuses() {
        return excuses;
    }

    /** As it is written on command lines and in histories: {@code kill-master}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
