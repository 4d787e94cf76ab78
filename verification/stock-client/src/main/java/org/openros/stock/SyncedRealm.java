// SPDX-License-Identifier: Apache-2.0
package org.openros.stock;

import io.realm.kotlin.internal.interop.CoreError;
import io.realm.kotlin.internal.interop.ErrorCode;
import io.realm.kotlin.internal.interop.FrozenRealmT;
import io.realm.kotlin.internal.interop.LiveRealmT;
import io.realm.kotlin.internal.interop.LongPointerWrapper;
import io.realm.kotlin.internal.interop.NativePointer;
import io.realm.kotlin.internal.interop.RealmConfigT;
import io.realm.kotlin.internal.interop.RealmInterop;
import io.realm.kotlin.internal.interop.RealmSyncConfigT;
import io.realm.kotlin.internal.interop.RealmSyncSessionT;
import io.realm.kotlin.internal.interop.RealmUserT;
import io.realm.kotlin.internal.interop.SchemaMode;
import io.realm.kotlin.internal.interop.SyncAfterClientResetHandler;
import io.realm.kotlin.internal.interop.SyncBeforeClientResetHandler;
import io.realm.kotlin.internal.interop.SyncSessionTransferCompletionCallback;
import io.realm.kotlin.internal.interop.sync.SyncError;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A realm file that syncs with a partition. To be used by the thread that opened it. */
public final class SyncedRealm {
    private static final RealmInterop NATIVE = RealmInterop.INSTANCE;

    private final List<String> events = new CopyOnWriteArrayList<>();
    private final NativePointer<LiveRealmT> realm;
    private final NativePointer<RealmSyncSessionT> session;
    private final long address;
    private final RealmView.Keys keys;
    private boolean closed;

    SyncedRealm(NativePointer<RealmUserT> user, String partition, Path file, ClientReset reset) {
        NativePointer<RealmConfigT> config = NATIVE.realm_config_new();
        NATIVE.realm_config_set_path(config, file.toString());
        NATIVE.realm_config_set_schema(config, NATIVE.realm_schema_new(Schema.forClient()));
        NATIVE.realm_config_set_schema_mode(config, SchemaMode.RLM_SCHEMA_MODE_ADDITIVE_DISCOVERED);
        NATIVE.realm_config_set_schema_version(config, 0);
        NATIVE.realm_config_set_sync_config(config, syncConfig(user, partition, reset));
        realm = NATIVE.realm_open(config, NATIVE.realm_create_scheduler()).getFirst();
        session = NATIVE.realm_sync_session_get(realm);
        address = ((LongPointerWrapper<?>) realm).getPtr$cinterop();
        keys = new RealmView.Keys(address);
    }

    private NativePointer<RealmSyncConfigT> syncConfig(NativePointer<RealmUserT> user, String partition,
            ClientReset reset) {
        NativePointer<RealmSyncConfigT> sync = NATIVE.realm_sync_config_new(user, '"' + partition + '"');
        NATIVE.realm_sync_config_set_error_handler(sync, (failed, error) -> report(error));
        NATIVE.realm_sync_config_set_resync_mode(sync, reset.mode());
        NATIVE.realm_sync_config_set_before_client_reset_handler(sync, new SyncBeforeClientResetHandler() {
            @Override
            public void onBeforeReset(NativePointer<FrozenRealmT> before) {
                events.add("reset begins");
            }
        });
        NATIVE.realm_sync_config_set_after_client_reset_handler(sync, new SyncAfterClientResetHandler() {
            @Override
            public void onAfterReset(NativePointer<FrozenRealmT> before, NativePointer<LiveRealmT> after,
                    boolean recovered) {
                events.add(recovered ? "reset done, local changes recovered" : "reset done, local changes lost");
            }
        });
        return sync;
    }

    private void report(SyncError error) {
        CoreError cause = error.getErrorCode();
        if (cause.getErrorCode() != ErrorCode.RLM_ERR_SYNC_CONNECT_FAILED) {
            events.add((error.isClientResetRequested() ? "reset demanded: " : error.isFatal() ? "fatal: " : "error: ")
                    + cause.getErrorCode() + " (" + cause.getErrorCodeNativeValue() + ") " + cause.getMessage());
        }
    }

    /**
     * Errors and client resets that the app was told of, oldest first, but for failures to connect, after which the
     * client tries again by itself. Safe to read from any thread.
     */
    public List<String> events() {
        return List.copyOf(events);
    }

    /** Goes offline: the server no longer hears of this realm. */
    public void goOffline() {
        NATIVE.realm_sync_session_pause(session);
    }

    /** Ends {@link #goOffline()}. */
    public void goOnline() {
        NATIVE.realm_sync_session_resume(session);
    }

    /** Waits until the server has acknowledged every local change made so far. */
    public void upload() {
        await("upload", NATIVE::realm_sync_session_wait_for_upload_completion);
    }

    /** Waits until what the server had at the time of the call is in this realm. */
    public void download() {
        await("download", NATIVE::realm_sync_session_wait_for_download_completion);
        refresh();
    }

    private void await(String what,
            BiConsumer<NativePointer<RealmSyncSessionT>, SyncSessionTransferCompletionCallback> start) {
        CompletableFuture<@Nullable CoreError> done = new CompletableFuture<>();
        start.accept(session, new SyncSessionTransferCompletionCallback() {
            @Override
            public void invoke(@Nullable CoreError error) {
                done.complete(error);
            }
        });
        CoreError error = Reply.get(what + " " + events, done);
        if (error != null) {
            throw new AssertionError(what + ": " + error.getErrorCode() + " " + error.getMessage() + " " + events);
        }
    }

    private void refresh() {
        NATIVE.realm_refresh(realm);
    }

    /** Changes the realm in one transaction. */
    public void write(Consumer<RealmView> changes) {
        try (Handles handles = new Handles()) {
            NATIVE.realm_begin_write(realm);
            try {
                changes.accept(new RealmView(address, keys, handles));
            } catch (RuntimeException | Error e) {
                NATIVE.realm_rollback(realm);
                throw e;
            }
            NATIVE.realm_commit(realm);
        }
    }

    /** Looks at the newest state. */
    public <T> T read(Function<RealmView, T> look) {
        refresh();
        try (Handles handles = new Handles()) {
            return look.apply(new RealmView(address, keys, handles));
        }
    }

    /** Everything in the realm, equal on two devices exactly if they hold the same. */
    public Map<String, Map<Object, Object>> content() {
        return read(RealmView::content);
    }

    /** The objects of a class by primary key. */
    public Map<Object, Object> objects(String type) {
        return read(view -> view.content(type));
    }

    /** Ends the session and closes the file. Idempotent. */
    public void close() {
        if (!closed) {
            closed = true;
            session.release();
            NATIVE.realm_close(realm);
            realm.release();
        }
    }
}
