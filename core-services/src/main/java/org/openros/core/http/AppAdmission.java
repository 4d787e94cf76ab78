// SPDX-License-Identifier: Apache-2.0
package org.openros.core.http;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.openros.domain.AppId;

/** Knows the apps that this server serves. */
public final class AppAdmission {
    private final Set<AppId> apps;

    /**
     * Creates the object.
     *
     * @param apps the configured apps; empty admits any but the reserved ones
     */
    public AppAdmission(List<AppId> apps) {
        this.apps = apps.stream().collect(Collectors.toUnmodifiableSet());
    }

    /** The app of an id; an unknown one ends in a 404 reply. */
    public AppId admit(String appId) {
        if (!AppId.isValid(appId)) {
            throw ApiError.UNKNOWN_APP.exception();
        }
        return admit(new AppId(appId));
    }

    /** Checks an app; an unknown one ends in a 404 reply. */
    public AppId admit(AppId app) {
        if (app.isReserved() || !(apps.isEmpty() || apps.contains(app))) {
            throw ApiError.UNKNOWN_APP.exception("cannot find app using Client App ID '" + app + "'");
        }
        return app;
    }
}
