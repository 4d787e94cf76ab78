// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.realm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.openros.changeset.Changeset;
import org.openros.changeset.state.ApplyException;
import org.openros.domain.FileIdent;
import org.openros.domain.RealmPath;
import org.openros.merge.DownloadScan;
import org.openros.merge.MergeException;
import org.openros.merge.Upload;
import org.openros.protocol.ClientMessage;
import org.openros.protocol.SyncError;
import org.openros.storage.ClientFile;
import org.openros.storage.RealmHead;
import org.openros.storage.RealmStore;
import org.openros.storage.StorageException;
import org.openros.storage.Write;
import org.openros.storage.WriteSet;

/**
 * One realm: an actor. Its tasks run one at a time; what they integrate is committed in write sets, as many changes in
 * one as came while the last ones were on their way to the disk. Only what is committed is acknowledged and sent out.
 *
 * <p>The state is loaded on use and given back when idle. If anything fails unexpectedly, all sessions are ended so
 * that their clients try again, and the state is loaded anew once no commit is under way.
 */
final class Realm {
    private final RealmPath path;
    private final RealmResources resources;
    private final Mailbox mailbox;
    /** Sessions and requests that use the realm; changed under the registry's lock. */
    private final AtomicInteger leases = new AtomicInteger();

    private final Set<Session> sessions = new HashSet<>(1);
    private final Map<FileIdent, Session> bound = new HashMap<>(1);
    private final List<Session> parked = new ArrayList<>();
    private final HistoryWatches watches = new HistoryWatches();
    private @Nullable RealmState state;
    private Batch batch = new Batch();
    private Batch.@Nullable Sent newestSent;
    private int commitsInFlight;
    private final WholeRealm whole;
    private final Intake intake;
    private volatile boolean cold = true;
    private volatile long lastUsed = System.nanoTime();

    Realm(RealmPath path, RealmResources resources) {
        this.path = path;
        this.resources = resources;
        this.whole = new WholeRealm(this, resources);
        this.intake = new Intake(this, resources.memory(), resources.settings().uncommittedBytes());
        this.mailbox = new Mailbox(resources.threads(), this::flushSafely);
    }

    RealmPath path() {
        return path;
    }

    RealmSettings settings() {
        return resources.settings();
    }

    RealmEvents events() {
        return resources.events();
    }

    LeadershipCheck leadership() {
        return resources.leadership();
    }

    /** Whether uploads are refused, because another worker is to take them. */
    boolean isDraining() {
        return resources.isDraining();
    }

    /** Whether nothing may be acknowledged or sent any more. */
    boolean isOver() {
        return resources.isOver();
    }

    /**
     * For requests that are not sessions.
     *
     * @throws UnavailableException if another worker is, or will be, the master
     * @throws HeldException if the realm is moving
     */
    void requireServing() {
        if (resources.isDraining()) {
            throw new UnavailableException("this worker is no longer the master");
        }
        if (isHeld()) {
            throw new HeldException();
        }
    }

    /** Whether nothing is taken at the moment, or ever again, because of what happens to the realm as a whole. */
    boolean isHeld() {
        return whole.isChanging() || state().standing().kind() != RealmStanding.Kind.OPEN;
    }

    AtomicInteger leases() {
        return leases;
    }

    /** Whether nobody uses the realm and it holds no state. */
    boolean isUnused() {
        return cold && leases.get() == 0;
    }

    /** When the realm was last used, by {@link System#nanoTime}. */
    long lastUsed() {
        return lastUsed;
    }

    /** Runs a task in the actor. Any thread. */
    void execute(Runnable task) {
        lastUsed = System.nanoTime();
        mailbox.execute(() -> {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                fail(e);
            }
        });
    }

    // --- sessions -----------------------------------------------------------------------------------------------

    Session open(ClientLink link, SessionTerms terms) {
        Session session = new Session(this, link, terms);
        execute(() -> sessions.add(session));
        return session;
    }

    void leave(Session session) {
        if (sessions.remove(session)) {
            FileIdent file = session.file();
            if (file != null) {
                bound.remove(file, session);
            }
            parked.remove(session);
            intake.forget(session);
            resources.release(this);
        }
    }

    @Nullable Session boundBy(FileIdent file) {
        return bound.get(file);
    }

    /** Binds a client file to a session; the session that had it is ended, its connection is taken for dead. */
    void takeOver(Session session) {
        Session other = bound.put(Objects.requireNonNull(session.file()), session);
        if (other != null) {
            other.unavailable("the client file is used by a newer connection");
        }
    }

    void park(Session session) {
        parked.add(session);
    }

    /** Lets a session send its next message once the realm has room for it. */
    void requestUpload(Session session) {
        intake.request(session, batch);
    }

    WorkMemory memory() {
        return resources.memory();
    }

    /** Counts what was added to the batch against what may be uncommitted in all realms. */
    void countUncommitted() {
        intake.count(batch);
    }

    /** Holds memory that was granted for the upload that was integrated last until that is committed or lost. */
    void reserve(long bytes) {
        intake.reserve(batch, bytes);
    }

    @Nullable Refusal judge(ClientMessage.Ident ident, SessionTerms terms) {
        RealmState now = state();
        int required = now.features().required();
        if (terms.protocolVersion() < required) {
            return new Refusal(SyncError.OPEN_DENIED, tooOld(required));
        }
        return IdentCheck.judge(ident, now.history(), now.files());
    }

    /** Allocates a client file; the session hears when it is durable. */
    FileIdent allocateFile(Session session) {
        RealmState now = state();
        FileIdent ident = new FileIdent(now.history().allocateFileIdent());
        ClientFile file = new ClientFile(ident, resources.nextSalt(), 0, 0, 0, false);
        now.files().add(file);
        batch.addFile(file);
        batch.then(() -> session.allocated(file), () -> {});
        return ident;
    }

    ClientFile currentFile(FileIdent ident) {
        return Objects.requireNonNull(state().files().current(ident));
    }

    @Nullable ClientFile committedFile(FileIdent ident) {
        return state().files().committed(ident);
    }

    ClientFile requireCommittedFile(FileIdent ident) {
        return Objects.requireNonNull(committedFile(ident));
    }

    // --- history ------------------------------------------------------------------------------------------------

    RealmHead visible() {
        return state().history().committed();
    }

    long visibleVersion() {
        return visible().serverVersion();
    }

    History history() {
        return state().history();
    }

    DownloadChunk chunk(FileIdent client, DownloadScan.Cursor start, RealmHead head) {
        return resources.chunks()
                .get(path, history(), client, start, head.serverVersion(), settings().downloadBytes());
    }

    /** Integrates an upload; null if that went well. Nothing is left of an upload that is refused. */
    @Nullable Refusal integrate(Upload upload) {
        RealmState now = state();
        long before = batch.bytes();
        int required = now.features().required();
        try {
            int entries = now.integrate(upload, batch);
            events().integrated(entries, batch.bytes() - before);
        } catch (MergeException e) {
            return Refusal.of(e);
        } catch (ApplyException e) {
            return Refusal.of(e);
        }
        if (now.features().required() > required) {
            refuseOldClients(now.features().required());
        }
        return null;
    }

    /**
     * Whether the realm has all that changes of the schema want.
     *
     * @throws ApplyException if they contradict the schema
     */
    boolean knows(List<Changeset> schema) {
        RealmState now = state();
        return schema.stream().allMatch(now::knows);
    }

    private void refuseOldClients(int required) {
        for (Session session : List.copyOf(bound.values())) {
            if (session.terms().protocolVersion() < required) {
                session.refuseOld(tooOld(required));
            }
        }
    }

    private static String tooOld(int required) {
        return "this realm uses features that need sync protocol version " + required + "; update the app's SDK";
    }

    /** Runs a transaction of the server's own; the answer comes when it is durable, or at once if it is refused. */
    void transact(Transaction transaction, Consumer<Transaction.Outcome> answer) {
        RealmState now = state();
        Transaction.Outcome refused = transaction.run(now, resources.timestamp(), batch);
        Transaction.Outcome unknown = new Transaction.Outcome.Unavailable("the transaction could not be committed");
        if (refused != null) {
            whenDurable(() -> answer.accept(refused), () -> answer.accept(unknown));
            return;
        }
        long version = now.history().head().serverVersion();
        countUncommitted();
        batch.then(
                () -> answer.accept(new Transaction.Outcome.Committed(version)),
                () -> answer.accept(unknown));
    }

    /**
     * Works out and makes a change of the server's own; its result is given once it is durable, with the version of the
     * realm.
     */
    <T> void edit(Function<RealmEdit, T> work, BiConsumer<T, Long> answer, Runnable lost) {
        RealmState now = state();
        int required = now.features().required();
        RealmEdit edit = new RealmEdit(now, resources.timestamp());
        T result;
        try {
            result = work.apply(edit);
        } catch (RuntimeException e) {
            now.objects().rollback();
            throw e;
        }
        edit.finish(batch);
        countUncommitted();
        long version = now.history().head().serverVersion();
        whenDurable(() -> answer.accept(result, version), lost);
        if (now.features().required() > required) {
            refuseOldClients(now.features().required());
        }
    }

    HistoryWatches watches() {
        return watches;
    }

    /** Runs something once everything that was integrated so far is committed, or something else if it is lost. */
    void whenDurable(Runnable committed, Runnable lost) {
        if (!batch.isEmpty()) {
            batch.then(committed, lost);
        } else if (newestSent != null) {
            newestSent.whenCommitted().add(committed);
            newestSent.whenLost().add(lost);
        } else {
            committed.run();
        }
    }

    /**
     * The state, loaded if need be.
     *
     * @throws UnavailableException while commits of an earlier state are under way
     */
    RealmState state() {
        RealmState known = state;
        if (known == null) {
            if (commitsInFlight > 0) {
                throw new UnavailableException("the realm is being loaded anew");
            }
            known = new RealmState(
                    resources.storage().realm(path), resources.nextSalt(), resources.memory().integrator());
            state = known;
            cold = false;
            resources.warm(this);
        }
        return known;
    }

    // --- committing ---------------------------------------------------------------------------------------------

    private void flushSafely() {
        try {
            flush();
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    private void flush() {
        // Entries tell the storage where they belong, so that it rejects them if those before them were lost. A batch
        // without entries has to wait until it is certain what it builds on.
        if (batch.isEmpty() || commitsInFlight >= (batch.hasEntries() ? settings().commitsInFlight() : 1)) {
            return;
        }
        RealmState now = state();
        addFiles(now);
        Batch.Sent sent = batch.send(now.history().head(), now.stateGeneration());
        WriteSet writes = new WriteSet(path, batch.writes());
        batch = new Batch();
        newestSent = sent;
        commitsInFlight++;
        intake.sent(sent);
        resources.storage().commit(writes, failure -> execute(() -> completed(now, sent, failure)));
    }

    /** Adds to the batch what has changed of client files, if anything is known of them. */
    void addFiles() {
        RealmState known = state;
        if (known != null) {
            addFiles(known);
        }
    }

    private void addFiles(RealmState now) {
        for (ClientFiles.Unwritten change : now.files().takeUnwritten()) {
            if (change.trimThrough() > 0) {
                batch.add(new Write.TrimReciprocal(change.file().ident(), change.trimThrough()));
            }
            batch.addFile(change.file());
        }
    }

    private void completed(RealmState of, Batch.Sent sent, @Nullable StorageException failure) {
        commitsInFlight--;
        intake.ended(sent);
        if (newestSent == sent) {
            newestSent = null;
        }
        if (failure != null || of != state || isOver()) {
            sent.whenLost().forEach(Runnable::run);
            if (failure != null && of == state) {
                reportFailed(failure);
                reset("changes cannot be stored");
            }
            return;
        }
        of.history().commit(sent.head());
        sent.files().forEach(of.files()::commit);
        of.objects().settled(sent.stateGeneration());
        sent.whenCommitted().forEach(Runnable::run);
        pushDownloads();
        watches.serve(of.history());
        intake.resume();
    }

    /** That nothing is stored any more when a reign has ended, is no news. */
    private void reportFailed(StorageException failure) {
        if (failure.reason() != StorageException.Reason.NOT_MASTER) {
            events().commitFailed(path, failure);
        }
    }

    private void pushDownloads() {
        for (Session session : bound.values()) {
            session.pushDownloads();
        }
    }

    // --- the realm as a whole -----------------------------------------------------------------------------------

    /** Changes the realm as a whole, behind everything that was integrated before; answers when that is durable. */
    void change(RealmChange change, Consumer<RealmChange.Outcome> answer) {
        whole.change(change, answer);
    }

    /** Commits something beside the batches; the listener is called in the actor. */
    void commit(List<Write> writes, Consumer<@Nullable StorageException> listener) {
        resources.storage().commit(new WriteSet(path, writes), failure -> execute(() -> {
            commitsInFlight--;
            listener.accept(failure);
        }));
        commitsInFlight++;
    }

    /** Ends all sessions, and what is known, because it is about to be replaced. */
    void forgetContent(String message) {
        endSessions(message);
        state = null;
    }

    /** Takes note of how the realm stands now. */
    void stand(RealmStanding standing) {
        RealmState known = state;
        if (known != null) {
            known.stand(standing);
        }
    }

    void endSessions(String message) {
        for (Session session : List.copyOf(sessions)) {
            session.unavailable(message);
        }
        watches.end(message);
    }

    // --- failing and resting ------------------------------------------------------------------------------------

    private void fail(Throwable failure) {
        if (failure instanceof HeldException) {
            return;
        }
        if (!(failure instanceof UnavailableException) && !isOver()) {
            events().failed(path, failure);
        }
        reset("the realm cannot be served at the moment");
    }

    /** Ends all sessions and forgets everything that is not committed. */
    void reset(String message) {
        Batch.Sent unsent = batch.send(RealmHead.EMPTY, 0);
        batch = new Batch();
        state = null;
        cold = commitsInFlight == 0;
        intake.giveBack(unsent);
        unsent.whenLost().forEach(Runnable::run);
        endSessions(message);
    }

    /** Ends all sessions because the worker stops or is no longer the master, or the realm has moved. */
    void shutDown(String message) {
        execute(() -> endSessions(message));
    }

    /**
     * Looks after what waits for time to pass.
     *
     * @param rest whether to give back memory: the realm was not used for a while
     */
    void sweep(long now, boolean rest) {
        mailbox.execute(() -> {
            for (Session session : List.copyOf(parked)) {
                if (!session.retryParked(now)) {
                    parked.remove(session);
                }
            }
            RealmState known = state;
            if (known != null && batch.isEmpty() && commitsInFlight == 0) {
                addFiles(known);
                known.files().retain(bound.keySet());
                if (rest && batch.isEmpty() && parked.isEmpty()) {
                    state = null;
                }
            }
            if (state == null && commitsInFlight == 0) {
                cold = true;
                resources.cool(this);
            }
        });
    }

    /** The realm cannot answer now; not a fault. */
    static class UnavailableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnavailableException(String message) {
            super(message, null, false, false);
        }
    }

    /** The realm does not answer now because of what happens to it as a whole; its sessions are not concerned. */
    static final class HeldException extends UnavailableException {
        private static final long serialVersionUID = 1L;

        HeldException() {
            super("the realm is moving");
        }
    }
}
