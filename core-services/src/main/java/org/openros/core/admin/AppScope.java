// SPDX-License-Identifier: Apache-2.0
package org.openros.core.admin;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.core.http.AppAdmission;
import org.openros.core.problem.Problem;
import org.openros.domain.AppId;

/** Finds out which app a request is about. */
public final class AppScope {
    private static final String APP = "appId";

    private final AppAdmission apps;
    private final List<AppId> configured;

    AppScope(AppAdmission apps, List<AppId> configured) {
        this.apps = apps;
        this.configured = List.copyOf(configured);
    }

    /** The app; where there is only one, it goes without saying. */
    public AppId required(@Nullable String named) {
        AppId app = optional(named);
        if (app == null) {
            throw Problem.missing(APP);
        }
        return app;
    }

    /** The app, or null for all. */
    @Nullable AppId optional(@Nullable String named) {
        if (named != null) {
            return apps.admit(named);
        }
        return configured.size() == 1 ? configured.getFirst() : null;
    }
}
