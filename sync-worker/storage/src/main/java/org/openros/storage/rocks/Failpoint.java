// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.rocks;

/** The places, in order, where a crash leaves something else than at the place before. Tests look at the disk there. */
enum Failpoint {
    /** The draft of a new record is written. */
    RECORD_DRAFTED,
    /** The new record is in its place. */
    RECORD_REPLACED,
    /** Files to be installed lie beside the state. */
    FILES_TAKEN,
    /** They bear the id of the new content. */
    FILES_CLAIMED,
    /** The record says that the old content is over. */
    FLIPPED,
    /** The old content is out of the way. */
    OLD_CONTENT_GONE,
    /** The new content is in its place, and the record does not know it yet. */
    NEW_CONTENT_IN_PLACE
}
