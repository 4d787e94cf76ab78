// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.group;

import org.openros.replication.disk.DiskAnswer;

/** Something that is done with the disk. */
@FunctionalInterface
interface DiskWork {
    /**
     * Does it.
     *
     * @throws org.openros.storage.StorageException if the disk does not do it
     */
    DiskAnswer carryOut();
}
