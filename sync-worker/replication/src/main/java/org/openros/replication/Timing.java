// SPDX-License-Identifier: Apache-2.0
package org.openros.replication;

import java.time.Duration;

/**
 * All times of the group protocol.
 *
 * @param leaseTtl of the session in the lock service, which may take up to twice that to expire it
 * @param leaseMargin so long before the end of the lease the master stops by itself
 * @param renewEvery between renewals of the session
 * @param retryEvery between attempts to reach the lock service
 * @param heartbeat between heartbeats of the master, and the longest time until an idle follower hears of a commit
 * @param silence without a frame for so long a node is silent
 * @param probeAfter without a frame for so long a node is probed, so that the answer is there when it is silent
 * @param backupGrace after a backup's connection ended it has so long to come back before a spare takes its place
 * @param soloGrace without backup and spare for so long the master goes on alone, if the policy allows it
 * @param slowAck an acknowledgement that a spare has given, and the backup not, for so long, counts as slow
 * @param slowSum with so much slowness summed up a backup is replaced by a spare that is faster
 * @param slowSwapEvery between two replacements for slowness
 * @param stall a gap between events from which on leadership is checked before anything else is committed
 * @param checkLimit a leadership check has to succeed in that time
 * @param statusEvery between publications of the committed position
 * @param announceEvery between publications of a presence that changed in its positions only
 * @param redial between attempts to reach a master
 * @param refusedRedial between attempts after one was refused for a reason that does not go away by itself
 * @param holdOff so long a node that stepped down leaves the lock to others
 * @param drainLimit a planned step-down goes on after that time with uploads under way
 */
public record Timing(
        Duration leaseTtl,
        Duration leaseMargin,
        Duration renewEvery,
        Duration retryEvery,
        Duration heartbeat,
        Duration silence,
        Duration probeAfter,
        Duration backupGrace,
        Duration soloGrace,
        Duration slowAck,
        Duration slowSum,
        Duration slowSwapEvery,
        Duration stall,
        Duration checkLimit,
        Duration statusEvery,
        Duration announceEvery,
        Duration redial,
        Duration refusedRedial,
        Duration holdOff,
        Duration drainLimit) {
    /** The group protocol's times, with a lease of 15 s. */
    public static final Timing DEFAULT = withLease(Duration.ofSeconds(15));

    /** The group protocol's times with another lease: at least 10 s, and a third of it between renewals. */
    public static Timing withLease(Duration ttl) {
        return new Timing(
                ttl,
                Duration.ofSeconds(3),
                ttl.dividedBy(3),
                Duration.ofSeconds(1),
                Duration.ofMillis(200),
                Duration.ofSeconds(3),
                Duration.ofSeconds(2),
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                Duration.ofMillis(500),
                Duration.ofSeconds(2),
                Duration.ofSeconds(60),
                Duration.ofSeconds(1),
                Duration.ofSeconds(3),
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                Duration.ofMillis(100),
                Duration.ofSeconds(5),
                Duration.ofSeconds(3),
                Duration.ofMillis(200));
    }

    /** Checks that the lease leaves time to renew it. */
    public Timing {
        if (leaseTtl.compareTo(leaseMargin.plus(renewEvery)) <= 0) {
            throw new IllegalArgumentException("the lease of " + leaseTtl + " leaves no time to renew it: "
                    + "it has to be longer than " + leaseMargin.plus(renewEvery));
        }
    }
}
