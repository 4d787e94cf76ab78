// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.group;

import org.openros.domain.Epoch;
import org.openros.domain.log.Position;
import org.openros.replication.disk.DiskAnswer;

/** What a node's disk has to tell. Called by several threads; must not block for long. */
interface DiskEvents {
    /** A request was carried out, or not. */
    void answered(long ticket, DiskAnswer answer);

    /** An entry of the present reign was written but perhaps not flushed. */
    void written();

    /** The log of the present reign was flushed up to there. On the thread that writes the log. */
    void flushed(Position through);

    /** A batch of the present reign could not be written, flushed or applied. On a thread of the storage. */
    void failed(DiskAnswer.Trouble trouble, String message);

    /** The first entry of a reign, and with it all that was inherited, is committed and applied. */
    void established(Epoch epoch);
}
