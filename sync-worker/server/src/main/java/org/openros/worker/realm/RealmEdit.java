// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.realm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openros.changeset.ByteString;
import org.openros.changeset.Changeset;
import org.openros.changeset.Instruction;

/**
 * A change of the server's own while it is being worked out: step by step, each seeing what those before did. All steps
 * together become one history entry, or none of them happens. Valid during one call of the work only.
 */
public final class RealmEdit {
    private final RealmState state;
    private final long timestamp;
    private final RealmReader reader;
    private final List<Instruction> sent = new ArrayList<>();
    private final Map<ByteString, ByteString> notes = new LinkedHashMap<>();
    private boolean discarded;

    /**
     * A change without steps.
     *
     * @param timestamp milliseconds since 2015-01-01T00:00:00Z
     */
    RealmEdit(RealmState state, long timestamp) {
        this.state = state;
        this.timestamp = timestamp;
        this.reader = new RealmReader(state);
    }

    /** Shows the realm with the steps so far. Its version is that before the change. */
    public RealmReader reader() {
        return reader;
    }

    /** When the change is made, in milliseconds since 2015-01-01T00:00:00Z. */
    public long timestamp() {
        return timestamp;
    }

    /**
     * Does a step.
     *
     * @throws org.openros.changeset.state.ApplyException if it does not fit; nothing of this step was done
     */
    public void apply(List<Instruction> instructions) {
        sent.addAll(state.objects().apply(new Changeset(List.of(), instructions)).instructions());
    }

    /** How many instructions the change has so far. */
    public int size() {
        return sent.size();
    }

    /** Takes all steps back: nothing will happen. */
    public void discard() {
        discarded = true;
    }

    /** What was noted under a key, or null. */
    public byte @Nullable [] note(byte[] key) {
        return state.notes().get(key);
    }

    /** The first keys on the disk that begin so, in the order of their bytes. */
    public List<byte[]> noted(byte[] prefix, int limit) {
        return state.notes().keys(prefix, limit);
    }

    /** Notes something together with the change; an empty value removes it. */
    public void note(byte[] key, byte[] value) {
        notes.put(ByteString.copyOf(key), ByteString.copyOf(value));
    }

    /** Adds the change to a batch, or takes it back. */
    void finish(Batch batch) {
        if (discarded) {
            state.objects().rollback();
            return;
        }
        if (!sent.isEmpty()) {
            state.record(sent, timestamp, batch);
        }
        notes.forEach((key, value) -> state.notes()
                .put(key.toByteArray(), value.length() == 0 ? null : value.toByteArray(), batch));
    }
}
