// SPDX-License-Identifier: Apache-2.0
package org.openros.core.realmapi;

import org.jspecify.annotations.Nullable;
import org.openros.domain.AppId;

/** Who calls, as far as the token tells, and with realms of which app. */
public sealed interface Caller {
    /** The app whose realms are meant. */
    AppId app();

    /**
     * An administrator.
     *
     * @param name for logs
     * @param userId of a user who administers the app; null for an administrator of the installation
     */
    record Admin(String name, AppId app, @Nullable String userId) implements Caller {
        /** An administrator of the installation. */
        Admin(String name, AppId app) {
            this(name, app, null);
        }
    }

    /** A user of the app. */
    record Somebody(String userId, AppId app) implements Caller {}
}
