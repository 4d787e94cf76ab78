// SPDX-License-Identifier: Apache-2.0
package org.openros.replication;

/**
 * After a pause, or a sign that another master was promoted: nothing is committed until the lock service has confirmed
 * the session and the record.
 *
 * @param startedAt only what was asked since then counts
 * @param deadline the reign ends if the check has not succeeded by then
 * @param retryAt when the lock service is asked again
 * @param renewed whether the session was renewed since
 * @param read whether the record was read since, and is this reign's
 */
record LeadershipCheck(String why, long startedAt, long deadline, long retryAt, boolean renewed, boolean read) {
    boolean isPassed() {
        return renewed && read;
    }

    LeadershipCheck withRenewal() {
        return new LeadershipCheck(why, startedAt, deadline, retryAt, true, read);
    }

    LeadershipCheck withRecord() {
        return new LeadershipCheck(why, startedAt, deadline, retryAt, renewed, true);
    }

    LeadershipCheck retried(long nextAt) {
        return new LeadershipCheck(why, startedAt, deadline, nextAt, renewed, read);
    }
}
