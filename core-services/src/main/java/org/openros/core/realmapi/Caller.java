// SPDX-License-Identifier: Apache-2.0
package org.openros.core.realmapi;

import org.openros.domain.AppId;

/** Who calls, as far as the token tells, and with realms of which app. */
public sealed interface Caller {
    /** The app whose realms are meant. */
    AppId app();

    /** An administrator of the installation. */
    record Admin(String name, AppId app) implements Caller {}

    /** A user of the app. */
    record Somebody(String userId, AppId app) implements Caller {}
}
