// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.realm;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.changeset.Instruction;
import org.openros.changeset.ObjectKey;
import org.openros.merge.UploadedChangeset;
import org.openros.protocol.MessageBody;

/**
 * How much of the heap an upload takes at most on its way from the message to the disk. Its bytes are there as the
 * message, inflated, in the history, in the stored objects, and in the log; each object that it touches costs a place
 * in several tables; and an object is in memory with all its fields while the upload changes it.
 */
final class UploadWeight {
    /** How often the inflated bytes are there at a time. */
    private static final int COPIES = 4;

    /** An object that was changed and is not committed, without its content. */
    private static final int OBJECT = 400;

    /** An element or field of the object that is being changed. */
    private static final int PLACE = 80;

    /** A name, or a key that is a string. */
    private static final int STRING = 120;

    /** The longest entry of the log that becomes of an upload: what is committed with it has room beside it. */
    private static final long MOST_LOGGED = 192L << 20;

    /** An object in the log, beside its content. */
    private static final int LOGGED_OBJECT = 48;

    private final long bytes;
    private long objects;
    private long strings;
    private long run;
    private long longestRun;
    private @Nullable ObjectKey last;

    private UploadWeight(long bytes) {
        this.bytes = bytes;
    }

    /** What an upload takes at least, by its announced size. */
    static long least(MessageBody body) {
        return body.wireSize() + COPIES * body.plainSize();
    }

    /** Weighs what was read of an upload. */
    static UploadWeight of(MessageBody body, List<UploadedChangeset> changesets) {
        UploadWeight weight = new UploadWeight(least(body));
        for (UploadedChangeset uploaded : changesets) {
            weight.strings += uploaded.changeset().strings().size();
            uploaded.changeset().instructions().forEach(weight::add);
        }
        return weight;
    }

    /** What the upload takes at most. */
    long memory() {
        return bytes + OBJECT * objects + PLACE * longestRun + STRING * strings;
    }

    /** Whether it makes an entry that the log can take: the changeset, and the objects. */
    boolean fitsLog() {
        return bytes / COPIES * 2 + LOGGED_OBJECT * objects <= MOST_LOGGED;
    }

    private void add(Instruction instruction) {
        ObjectKey key = instruction instanceof Instruction.OnObject onObject ? onObject.key() : null;
        if (key == null || !key.equals(last)) {
            objects++;
            run = 0;
        }
        last = key;
        longestRun = Math.max(longestRun, ++run);
    }
}
