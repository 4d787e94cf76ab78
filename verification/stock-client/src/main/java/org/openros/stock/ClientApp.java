// SPDX-License-Identifier: Apache-2.0
package org.openros.stock;

import io.realm.kotlin.internal.interop.CoreLogLevel;
import io.realm.kotlin.internal.interop.NativePointer;
import io.realm.kotlin.internal.interop.RealmAppConfigT;
import io.realm.kotlin.internal.interop.RealmAppT;
import io.realm.kotlin.internal.interop.RealmCredentialsT;
import io.realm.kotlin.internal.interop.RealmInterop;
import io.realm.kotlin.internal.interop.RealmSyncClientConfigT;
import io.realm.kotlin.internal.interop.RealmUserT;
import io.realm.kotlin.internal.interop.SyncConnectionParams;
import io.realm.kotlin.internal.interop.realmc;
import io.realm.kotlin.internal.interop.sync.MetadataMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import kotlin.Unit;

/**
 * One installation of an app on one device: its own sync client, its own folder, its own connections.
 * The realms of a user share a connection, which is the default of the native client.
 * {@code -Dstock.client-log=debug} shows what the native client does.
 */
public final class ClientApp implements AutoCloseable {
    private static final RealmInterop NATIVE = RealmInterop.INSTANCE;
    private static final int CONNECT_TIMEOUT_MS = 30_000;
    private static final int LINGER_MS = 100;

    static {
        String level = System.getProperty("stock.client-log", "off").toUpperCase(Locale.ROOT);
        NATIVE.realm_set_log_level(CoreLogLevel.valueOf("RLM_LOG_LEVEL_" + level));
    }

    private final HttpTransport transport = new HttpTransport();
    private final NativePointer<RealmAppT> app;
    private final Path folder;
    private final List<SyncedRealm> realms = new ArrayList<>();

    /** An installation whose {@code baseUrl} is the server's URL. The folder is made if it is not there. */
    public ClientApp(String url, String appId, Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        NativePointer<RealmAppConfigT> config = NATIVE.realm_app_config_new(
                appId, NATIVE.realm_network_transport_new(transport), url,
                new SyncConnectionParams("2.3.0", "openros-stock", "1", "device", "1",
                        SyncConnectionParams.Runtime.JVM, Runtime.version().toString()));
        NATIVE.realm_app_config_set_base_file_path(config, folder.toString());
        NATIVE.realm_app_config_set_metadata_mode(config, MetadataMode.RLM_SYNC_CLIENT_METADATA_MODE_PLAINTEXT);
        configureSync(NATIVE.realm_app_config_get_sync_client_config(config), appId);
        app = NATIVE.realm_app_get(config, folder.toString());
    }

    private static void configureSync(NativePointer<RealmSyncClientConfigT> sync, String appId) {
        NATIVE.realm_sync_client_config_set_default_binding_thread_observer(sync, appId);
        NATIVE.realm_sync_client_config_set_multiplex_sessions(sync, true);
        realmc.realm_sync_client_config_set_connect_timeout(NATIVE.cptr(sync), CONNECT_TIMEOUT_MS);
        realmc.realm_sync_client_config_set_connection_linger_time(NATIVE.cptr(sync), LINGER_MS);
    }

    /** Logs in as somebody new. */
    public User logInAnonymously() {
        return logIn(NATIVE.realm_app_credentials_new_anonymous(false));
    }

    /** Makes an account. */
    public void register(String email, String password) {
        Reply.<Unit>of("register", callback ->
                NATIVE.realm_app_email_password_provider_client_register_email(app, email, password, callback));
    }

    /** Logs in with an account. */
    public User logIn(String email, String password) {
        return logIn(NATIVE.realm_app_credentials_new_email_password(email, password));
    }

    private User logIn(NativePointer<RealmCredentialsT> credentials) {
        return new User(this, Reply.of("log in",
                callback -> NATIVE.realm_app_log_in_with_credentials(app, credentials, callback)));
    }

    void logOut(NativePointer<RealmUserT> user) {
        Reply.<Unit>of("log out", callback -> NATIVE.realm_app_log_out(app, user, callback));
    }

    SyncedRealm open(NativePointer<RealmUserT> user, String partition, ClientReset reset) {
        Path file = folder.resolve("realm-" + realms.size() + ".realm");
        SyncedRealm realm = new SyncedRealm(user, partition, file, reset);
        realms.add(realm);
        return realm;
    }

    /** Closes the realms and waits until their sessions have ended. */
    @Override
    public void close() {
        realms.forEach(SyncedRealm::close);
        NATIVE.realm_app_sync_client_wait_for_sessions_to_terminate(app);
        app.release();
        transport.close();
    }
}
