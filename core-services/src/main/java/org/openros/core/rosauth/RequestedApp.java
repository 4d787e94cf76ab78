// SPDX-License-Identifier: Apache-2.0
package org.openros.core.rosauth;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.core.http.AppAdmission;
import org.openros.core.problem.Problem;
import org.openros.core.problem.RequestJson;
import org.openros.domain.AppId;
import org.springframework.http.server.reactive.ServerHttpRequest;
import tools.jackson.databind.JsonNode;

/**
 * Which app a stranger means. Old clients know of no apps, and send an {@code app_id} that is none of ours; where one
 * app is configured it goes without saying.
 */
final class RequestedApp {
    private static final String IN_BODY = "app_id";

    private final AppAdmission apps;
    private final List<AppId> configured;

    RequestedApp(AppAdmission apps, List<AppId> configured) {
        this.apps = apps;
        this.configured = List.copyOf(configured);
    }

    AppId of(ServerHttpRequest request, RequestJson body) {
        String named = named(request, body);
        if (named != null) {
            return apps.admit(named);
        }
        if (configured.size() != 1) {
            throw Problem.missing(IN_BODY);
        }
        return configured.getFirst();
    }

    private static @Nullable String named(ServerHttpRequest request, RequestJson body) {
        String query = request.getQueryParams().getFirst("appId");
        JsonNode member = body.value(IN_BODY);
        return query == null && member.isString() && AppId.isValid(member.stringValue()) ? member.stringValue() : query;
    }
}
