// SPDX-License-Identifier: Apache-2.0
package org.openros.stock;

import io.realm.kotlin.internal.interop.sync.SyncSessionResyncMode;

/** What an app does when the server says that its file cannot go on. */
public enum ClientReset {
    /** Leaves it to the app; the tests take this as a failure unless they expect it. */
    MANUAL(SyncSessionResyncMode.RLM_SYNC_SESSION_RESYNC_MODE_MANUAL),
    /** Takes the server's state and applies what was not uploaded yet, which is the default of the SDKs. */
    RECOVER(SyncSessionResyncMode.RLM_SYNC_SESSION_RESYNC_MODE_RECOVER),
    /** The same, but gives up what was not uploaded when it cannot be applied again. */
    RECOVER_OR_DISCARD(SyncSessionResyncMode.RLM_SYNC_SESSION_RESYNC_MODE_RECOVER_OR_DISCARD),
    /** Takes the server's state and gives up what was not uploaded yet. */
    DISCARD(SyncSessionResyncMode.RLM_SYNC_SESSION_RESYNC_MODE_DISCARD_LOCAL);

    private final SyncSessionResyncMode mode;

    ClientReset(SyncSessionResyncMode mode) {
        this.mode = mode;
    }

    SyncSessionResyncMode mode() {
        return mode;
    }
}
