// SPDX-License-Identifier: Apache-2.0
package org.openros.core.service;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A part of core services that may run in a process of its own. Each has the routes that begin like this. */
public enum CoreService {
    /** Users, log-ins and tokens. */
    AUTH("/api/client", "/auth", "/confirm-email", "/reset-password", "/internal/v1/users", "/internal/v1/connections"),

    /** Realms, where they are, and who may open them. */
    DIRECTORY("/realms", "/internal/v1/realms"),

    /** Grants and offers of rights, and the list of access changes. */
    PERMISSIONS("/permissions", "/internal/v1/access"),

    /** The interface of administrators. */
    ADMIN("/admin/v1");

    private final List<String> routes;

    CoreService(String... routes) {
        this.routes = List.of(routes);
    }

    /** The name in settings. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What the paths of its routes begin with. */
    public List<String> routes() {
        return routes;
    }

    /** The service that a path belongs to; null if every process has it. */
    static @Nullable CoreService of(String path) {
        for (CoreService service : values()) {
            if (service.routes.stream().anyMatch(route -> path.equals(route) || path.startsWith(route + "/"))) {
                return service;
            }
        }
        return null;
    }
}
