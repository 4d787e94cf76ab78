// SPDX-License-Identifier: Apache-2.0
package org.openros.replication;

import org.openros.cluster.group.GroupRecord;

/** The promotion's transaction was sent, once or more often, and its outcome is not known (rule 2). */
final class Candidacy implements Duty {
    final String session;
    final GroupRecord proposal;

    /** At which the record is to be changed. */
    final long recordIndex;

    /** The transaction may have been done, or may yet be. */
    boolean inDoubt;

    /** No transaction is on its way: it is sent again then. */
    long retryAt = Long.MAX_VALUE;

    Candidacy(String session, GroupRecord proposal, long recordIndex) {
        this.session = session;
        this.proposal = proposal;
        this.recordIndex = recordIndex;
    }

    @Override
    public Candidacy copy() {
        Candidacy copy = new Candidacy(session, proposal, recordIndex);
        copy.inDoubt = inDoubt;
        copy.retryAt = retryAt;
        return copy;
    }
}
