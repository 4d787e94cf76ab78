// SPDX-License-Identifier: Apache-2.0
package org.openros.stock;

import io.realm.kotlin.internal.interop.NativePointer;
import io.realm.kotlin.internal.interop.RealmInterop;
import io.realm.kotlin.internal.interop.RealmUserT;

/** Somebody who has logged in to an app. */
public final class User {
    private static final RealmInterop NATIVE = RealmInterop.INSTANCE;

    private final ClientApp app;
    private final NativePointer<RealmUserT> user;

    User(ClientApp app, NativePointer<RealmUserT> user) {
        this.app = app;
        this.user = user;
    }

    /** The id that the server gave. */
    public String id() {
        return NATIVE.realm_user_get_identity(user);
    }

    /** What the server knows about the user, as JSON. */
    public String profile() {
        return NATIVE.realm_user_get_profile(user);
    }

    /** Whether the client still holds valid log-in data. */
    public boolean isLoggedIn() {
        return NATIVE.realm_user_is_logged_in(user);
    }

    /** Ends the log-in. */
    public void logOut() {
        app.logOut(user);
    }

    /**
     * Opens the realm of a partition, in a file of its own, with the client reset that SDKs do unless told otherwise.
     */
    public SyncedRealm open(String partition) {
        return open(partition, ClientReset.RECOVER);
    }

    /** Opens the realm of a partition, in a file of its own. */
    public SyncedRealm open(String partition, ClientReset reset) {
        return app.open(user, partition, reset);
    }
}
