// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.realm;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import org.openros.changeset.Changeset;
import org.openros.changeset.ChangesetEncoder;
import org.openros.changeset.Instruction;
import org.openros.changeset.state.ApplyException;
import org.openros.changeset.state.Drained;
import org.openros.changeset.state.ObjectState;
import org.openros.changeset.state.StateChange;
import org.openros.domain.FileIdent;
import org.openros.merge.ClientProgress;
import org.openros.merge.HistoryAccess;
import org.openros.merge.HistoryIntegrator;
import org.openros.merge.Integration;
import org.openros.merge.MergeException;
import org.openros.merge.Upload;
import org.openros.storage.ClientFile;
import org.openros.storage.RealmStore;
import org.openros.storage.Write;

/**
 * What the actor of one realm knows while it is in use: history, client files and objects, each with everything that
 * was integrated, committed or not. Integrating changes it and says what has to be stored.
 */
final class RealmState {
    private final HistoryIntegrator integrator;
    private final History history;
    private final ClientFiles files;
    private final ObjectState objects;
    private final FeatureLevel features;
    private RealmStanding standing;
    private final Notes notes;
    private long stateGeneration;

    /** The state as it is on disk. */
    RealmState(RealmStore store, long salt, HistoryIntegrator integrator) {
        this.integrator = integrator;
        this.history = new History(store, salt);
        this.files = new ClientFiles(store);
        this.objects = new ObjectState(new StoredObjects(store));
        this.features = new FeatureLevel(store);
        this.notes = new Notes(store);
        this.standing = RealmStanding.of(store);
    }

    RealmStanding standing() {
        return standing;
    }

    void stand(RealmStanding changed) {
        standing = changed;
    }

    History history() {
        return history;
    }

    ClientFiles files() {
        return files;
    }

    ObjectState objects() {
        return objects;
    }

    Notes notes() {
        return notes;
    }

    /** Names the newest recorded change of the objects. */
    long stateGeneration() {
        return stateGeneration;
    }

    FeatureLevel features() {
        return features;
    }

    /**
     * Merges, applies and records an upload; the writes go to the batch. Leaves no trace if it throws.
     *
     * @throws MergeException if the upload contradicts the history
     * @throws ApplyException if it does not apply to the objects
     */
    int integrate(Upload upload, Batch batch) {
        ClientFile file = Objects.requireNonNull(files.current(upload.client()));
        ClientProgress before =
                new ClientProgress(file.clientVersion(), file.reciprocalBase(), file.lockedServerVersion());
        Integration result = integrator.integrate(before, upload, new Window());
        Deque<byte[]> encoded = apply(result);
        for (Integration.NewEntry entry : result.entries()) {
            byte[] bytes = encoded.removeFirst();
            batch.add(new Write.PutEntry(
                    history.append(upload.client().value(), entry.clientVersion(), entry.originTimestamp(), bytes)));
            features.raise(entry.changeset(), batch);
        }
        recordState(batch);
        recordClient(file, result, batch);
        return result.entries().size();
    }

    /**
     * Whether a change of the schema would change nothing, because everything is as it says.
     *
     * @throws ApplyException if it contradicts the schema
     */
    boolean knows(Changeset schema) {
        try {
            objects.apply(schema);
            return !objects.isDirty();
        } finally {
            objects.rollback();
        }
    }

    /** Applies and records a change of the server's own. Leaves no trace if it throws. */
    void append(Changeset changeset, long timestamp, Batch batch) {
        Changeset sent;
        try {
            sent = objects.apply(changeset);
        } catch (RuntimeException e) {
            objects.rollback();
            throw e;
        }
        record(sent.instructions(), timestamp, batch);
    }

    /** Records a change of the server's own that was applied. */
    void record(List<Instruction> sent, long timestamp, Batch batch) {
        Changeset changeset = new Changeset(List.of(), sent);
        batch.add(new Write.PutEntry(history.append(0, 0, timestamp, ChangesetEncoder.encode(changeset))));
        features.raise(changeset, batch);
        recordState(batch);
    }

    /** Applies the new entries; gives their encoded forms, in the form that other clients can apply. */
    private Deque<byte[]> apply(Integration result) {
        Deque<byte[]> encoded = new ArrayDeque<>();
        try {
            for (Integration.NewEntry entry : result.entries()) {
                Changeset sent = objects.apply(entry.changeset());
                encoded.add(sent == entry.changeset() ? entry.encoded() : ChangesetEncoder.encode(sent));
            }
            return encoded;
        } catch (RuntimeException e) {
            objects.rollback();
            throw e;
        }
    }

    private void recordState(Batch batch) {
        Drained drained = objects.drain();
        stateGeneration = drained.generation();
        for (StateChange change : drained.changes()) {
            batch.add(switch (change) {
                case StateChange.Put put -> new Write.PutState(put.key(), put.value());
                case StateChange.Delete delete -> new Write.DeleteState(delete.key());
                case StateChange.DeletePrefix delete -> new Write.DeleteStatePrefix(delete.prefix());
            });
        }
    }

    private void recordClient(ClientFile file, Integration result, Batch batch) {
        FileIdent client = file.ident();
        ClientProgress progress = result.progress();
        files.change(new ClientFile(
                client,
                file.salt(),
                progress.clientVersion(),
                progress.reciprocalBase(),
                progress.lockedServerVersion(),
                file.expired()));
        if (result.trimThrough() > 0) {
            files.trim(client, result.trimThrough());
        }
        files.reciprocals(client).putAll(result.reciprocals());
        result.reciprocals().forEach((version, form) -> batch.add(new Write.PutReciprocal(client, version, form)));
    }

    /** The history with reciprocal forms, as the merge sees it. */
    private final class Window implements HistoryAccess {
        @Override
        public long head() {
            return history.head().serverVersion();
        }

        @Override
        public NavigableMap<Long, byte[]> reciprocals(FileIdent client, long after) {
            return files.reciprocals(client).tailMap(after, false);
        }

        @Override
        public void entries(long after, long through, Visitor visitor) {
            history.entries(after, through, visitor);
        }
    }
}
