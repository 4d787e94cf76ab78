// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.realm;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openros.domain.FileIdent;
import org.openros.merge.DownloadScan;
import org.openros.protocol.ClientMessage;
import org.openros.protocol.ClientMessageDecoder;
import org.openros.protocol.ErrorAction;
import org.openros.protocol.ErrorReply;
import org.openros.protocol.ProtocolViolation;
import org.openros.protocol.ServerMessage;
import org.openros.protocol.SyncError;
import org.openros.storage.ClientFile;

/**
 * One sync session: the protocol's state machine between BIND and UNBIND (sync protocol, section 4). The public methods
 * may be called from any thread and return at once; everything else runs in the realm's actor.
 */
public final class Session {
    private enum State {
        BINDING,
        ALLOCATING,
        IDENTIFYING,
        /** The IDENT is there but its client file is still bound by another session of the same connection. */
        PARKED,
        BOUND,
        /** An error is due that makes the client reset, once it is certain that this worker may say so (rule 15). */
        CONFIRMING,
        /** An error was sent; whatever comes is ignored until the client's UNBIND. */
        REFUSED,
        ENDED
    }

    private static final String NO_LONGER_MASTER = "this worker is no longer the master";
    private static final String HANDING_OVER = "this worker hands over to another one";

    private final Realm realm;
    private final ClientLink link;
    private final SessionTerms terms;
    /** Whether something is left to send that the link did not take. */
    private volatile boolean waiting;

    private State state = State.BINDING;
    private long number;
    private @Nullable FileIdent allocated;
    private ClientMessage.@Nullable Ident ident;
    /** Written by the actor; the log reads it from other threads. */
    private volatile @Nullable FileIdent file;
    private long parkedUntil;
    private @Nullable Uploads uploads;
    private @Nullable Downloads downloads;

    Session(Realm realm, ClientLink link, SessionTerms terms) {
        this.realm = realm;
        this.link = link;
        this.terms = terms;
    }

    /** Takes the next message of the client. Messages are taken in order, one at a time, as the link was asked to. */
    public void receive(byte[] message) {
        realm.execute(() -> take(message));
    }

    /** Hears that the client keeps up again. */
    public void ready() {
        // Mostly nothing waits, and the actor need not be woken for every message that a client takes.
        if (waiting) {
            realm.execute(this::pushDownloads);
        }
    }

    /** Hears that the client is gone. */
    public void disconnected() {
        realm.execute(this::end);
    }

    SessionTerms terms() {
        return terms;
    }

    /**
     * The client file that the session has bound or waits for; null if it has not told. May be called from any thread.
     */
    public @Nullable FileIdent file() {
        return file;
    }

    private FileIdent requireFile() {
        return Objects.requireNonNull(file);
    }

    private void take(byte[] bytes) {
        if (state == State.ENDED) {
            return;
        }
        if (realm.isOver()) {
            unavailable(NO_LONGER_MASTER);
            return;
        }
        attempt(() -> {
            ClientMessage message = ClientMessageDecoder.decode(bytes);
            if (state == State.REFUSED) {
                takeRefused(message);
            } else {
                take(message);
            }
        });
    }

    /** Does something for the client, whose connection ends if that shows that it broke the protocol. */
    void attempt(Runnable work) {
        try {
            work.run();
        } catch (ProtocolViolation e) {
            violate(e.error(), Objects.requireNonNullElse(e.getMessage(), ""));
        }
    }

    private void takeRefused(ClientMessage message) {
        if (message instanceof ClientMessage.Unbind) {
            end();
            link.finish();
        } else {
            link.requestNext();
        }
    }

    private void take(ClientMessage message) {
        switch (message) {
            case ClientMessage.Bind bind -> bind(bind);
            case ClientMessage.Ident received -> identify(received);
            case ClientMessage.Upload upload -> upload(upload);
            case ClientMessage.Mark mark -> mark(mark);
            case ClientMessage.Unbind unbind -> unbind();
            case ClientMessage.ClientError error -> clientError(error);
            case ClientMessage.Refresh refresh -> link.requestNext();
            case ClientMessage.ClientVersionRequest request -> clientVersion(request);
            case ClientMessage.StateRequest request -> reply(new ServerMessage.EmptyState(number));
            case ClientMessage.TestCommand command -> violate(SyncError.BAD_SYNTAX, "test commands are not supported");
            case ClientMessage.Ping ping -> violate(SyncError.BAD_SYNTAX, "a PING is not for a session");
        }
    }

    // --- binding ------------------------------------------------------------------------------------------------

    private void bind(ClientMessage.Bind bind) {
        require(state == State.BINDING);
        number = bind.session();
        if (realm.isDraining()) {
            unavailable(HANDING_OVER);
            return;
        }
        if (realm.isHeld()) {
            unavailable("the realm is moving");
            return;
        }
        if (bind.needsFileIdent()) {
            state = State.ALLOCATING;
            allocated = realm.allocateFile(this);
        } else {
            state = State.IDENTIFYING;
        }
        link.requestNext();
    }

    /** The allocated client file is durable. */
    void allocated(ClientFile file) {
        if (state == State.ALLOCATING && file.ident().equals(allocated)) {
            state = State.IDENTIFYING;
            link.send(new ServerMessage.Ident(number, file.ident().value(), file.salt()).encode());
        }
    }

    private void identify(ClientMessage.Ident received) {
        require(state == State.IDENTIFYING);
        Refusal refusal = realm.judge(received, terms);
        if (refusal != null) {
            refuse(refusal);
            return;
        }
        file = new FileIdent(received.fileIdent());
        Session other = realm.boundBy(requireFile());
        if (other != null && other.terms.connection().equals(terms.connection())) {
            park(received);
        } else {
            begin(received);
        }
    }

    /** The earlier session's UNBIND was sent before this IDENT, but may still be on its way. */
    private void park(ClientMessage.Ident received) {
        state = State.PARKED;
        ident = received;
        parkedUntil = System.nanoTime() + realm.settings().identGrace().toNanos();
        realm.park(this);
    }

    /** Looks again whether the client file is free; false if there is nothing left to wait for. */
    boolean retryParked(long now) {
        if (state != State.PARKED) {
            return false;
        }
        if (realm.boundBy(requireFile()) == null) {
            state = State.IDENTIFYING;
            identify(Objects.requireNonNull(ident));
            return false;
        }
        if (now - parkedUntil > 0) {
            violate(SyncError.BOUND_IN_OTHER_SESSION, "the client file is bound by another session");
            return false;
        }
        return true;
    }

    private void begin(ClientMessage.Ident received) {
        realm.takeOver(this);
        uploads = new Uploads(this, realm, realm.currentFile(requireFile()));
        downloads = new Downloads(
                requireFile(),
                number,
                new DownloadRoom(this, realm),
                new DownloadScan.Cursor(received.downloadServerVersion(), received.downloadClientVersion()));
        state = State.BOUND;
        pushDownloads();
        link.requestNext();
    }

    // --- bound --------------------------------------------------------------------------------------------------

    private void upload(ClientMessage.Upload message) {
        require(state == State.BOUND);
        if (mayUpload()) {
            Objects.requireNonNull(uploads).take(message);
        }
    }

    /** Whether an upload can be taken now; ends the session if another worker has to take it. */
    boolean mayUpload() {
        if (state != State.BOUND) {
            return false;
        }
        if (realm.isOver()) {
            unavailable(NO_LONGER_MASTER);
            return false;
        }
        if (realm.isDraining()) {
            unavailable(HANDING_OVER);
            return false;
        }
        // The client of a held realm is not asked for more: it hears soon where the realm is, and uploads this again
        // there.
        return !realm.isHeld();
    }

    /** An upload was integrated or refused. */
    void uploaded(@Nullable Refusal refusal) {
        if (refusal != null) {
            refuse(refusal);
        } else if (state == State.BOUND) {
            realm.requestUpload(this);
        }
    }

    /** Server version up to which everything was sent. */
    long downloadedVersion() {
        return Objects.requireNonNull(downloads).serverVersion();
    }

    private void mark(ClientMessage.Mark mark) {
        require(state == State.BOUND);
        Objects.requireNonNull(downloads).mark(mark.requestIdent(), realm.visibleVersion());
        pushDownloads();
        link.requestNext();
    }

    private void clientError(ClientMessage.ClientError error) {
        SyncError answer = switch (error.code()) {
            case 212 -> SyncError.BAD_CHANGESET;
            case 233 -> SyncError.PROGRESS_REGRESSION;
            default -> SyncError.CLIENT_FAILED;
        };
        realm.events().clientFailed(realm.path(), error.code(), error.message());
        refuse(new Refusal(answer, "the client could not integrate a download"));
    }

    private void clientVersion(ClientMessage.ClientVersionRequest request) {
        ClientFile stored =
                FileIdent.isValid(request.fileIdent()) ? realm.committedFile(new FileIdent(request.fileIdent())) : null;
        long version = stored != null && stored.salt() == request.fileIdentSalt() ? stored.clientVersion() : 0;
        reply(new ServerMessage.ClientVersion(number, version));
    }

    private void reply(ServerMessage message) {
        require(state == State.IDENTIFYING);
        link.send(message.encode());
        link.requestNext();
    }

    /** Sends what is due as long as the client keeps up. */
    void pushDownloads() {
        if (state != State.BOUND || downloads == null || realm.isOver()) {
            return;
        }
        waiting = false;
        while (!downloads.push(realm, link)) {
            waiting = true;
            // The link may have become ready before it could see that somebody waits.
            if (downloads.isWaitingForRoom() || !link.isReady()) {
                return;
            }
            waiting = false;
        }
        if (downloads.isLarge(link)) {
            waiting = true;
            waiting = downloads.isLarge(link);
        }
    }

    /** Asks for the client's next message. */
    void requestNext() {
        if (state != State.ENDED) {
            link.requestNext();
        }
    }

    // --- ending -------------------------------------------------------------------------------------------------

    private void unbind() {
        require(state != State.BINDING);
        end();
        link.send(new ServerMessage.Unbound(number).encode());
        link.finish();
    }

    private void refuse(Refusal refusal) {
        if (refusal.error().action() == ErrorAction.CLIENT_RESET) {
            state = State.CONFIRMING;
            realm.leadership().confirm(master -> realm.execute(() -> confirmed(refusal, master)));
        } else {
            refuseForCertain(refusal);
        }
    }

    private void confirmed(Refusal refusal, boolean master) {
        if (state != State.CONFIRMING) {
            return;
        }
        if (master && !realm.isOver()) {
            refuseForCertain(refusal);
        } else {
            unavailable("it is not certain who is the master");
        }
    }

    private void refuseForCertain(Refusal refusal) {
        realm.events().refused(realm.path(), refusal.error(), refusal.message());
        leave();
        ErrorReply reply = ErrorReply.encode(refusal.error(), refusal.message(), number, terms.protocolVersion());
        if (reply instanceof ErrorReply.Message(byte[] bytes)) {
            state = State.REFUSED;
            link.send(bytes);
            link.requestNext();
        } else {
            unavailable(refusal.message());
        }
    }

    /** Ends the session so that its client tries again. */
    void unavailable(String message) {
        if (state != State.ENDED) {
            end();
            link.unavailable(message);
        }
    }

    private void violate(SyncError error, String message) {
        end();
        link.violate(error.code(), message);
    }

    private void end() {
        if (state != State.ENDED) {
            state = State.ENDED;
            leave();
        }
    }

    private void leave() {
        if (downloads != null) {
            downloads.end();
        }
        realm.leave(this);
    }

    private static void require(boolean legal) {
        if (!legal) {
            throw new ProtocolViolation(SyncError.BAD_MESSAGE_ORDER, "the message is not allowed in this state");
        }
    }

    /** Allows a refusal from outside of a message: the realm's content is too new for this client. */
    void refuseOld(String message) {
        if (state == State.BOUND) {
            refuse(new Refusal(SyncError.OPEN_DENIED, message));
        }
    }
}
