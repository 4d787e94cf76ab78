// SPDX-License-Identifier: Apache-2.0
package org.openros.core.rosauth;

import org.jspecify.annotations.Nullable;
import org.openros.core.audit.AuditEvent;
import org.openros.core.audit.AuditLog;
import org.openros.core.problem.Problem;
import org.openros.core.problem.RequestJson;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Logs in, gives tokens for refresh tokens, and ends log-ins (admin API, section 5). */
@RestController
@RequestMapping(path = "/auth", produces = MediaType.APPLICATION_JSON_VALUE)
class AuthController {
    private static final String PROVIDER = "provider";

    /** The provider that takes a refresh token. */
    private static final String REFRESH = "realm";

    private final RosLogIns logIns;
    private final Renewals renewals;
    private final AuditLog audit;
    private final JsonMapper json;

    AuthController(RosLogIns logIns, Renewals renewals, AuditLog audit, JsonMapper json) {
        this.logIns = logIns;
        this.renewals = renewals;
        this.audit = audit;
        this.json = json;
    }

    @PostMapping
    ObjectNode logIn(ServerHttpRequest request, @RequestBody(required = false) byte @Nullable [] body) {
        RequestJson wanted = RequestJson.parse(json, body);
        String provider = wanted.text(PROVIDER);
        if (!provider.equals(REFRESH)) {
            return logIns.begin(request, provider, wanted);
        }
        return audit.entry(AuditEvent.REFRESH, request)
                .runAndTellRefusal(entry -> renewals.renew(request, wanted, entry));
    }

    /** Ends the log-in of a token, and what it has open. */
    @PostMapping("/revoke")
    ObjectNode revoke(ServerHttpRequest request, @RequestBody(required = false) byte @Nullable [] body) {
        RequestJson wanted = RequestJson.parse(json, body);
        wanted.text("token");
        return audit.entry(AuditEvent.REVOKE, request).run(entry -> {
            renewals.revoke(request, wanted, entry);
            return JsonNodeFactory.instance.objectNode();
        });
    }

    /** Which providers there are is a matter of the settings. */
    @RequestMapping({"/providers", "/providers/{name}"})
    ObjectNode providers() {
        throw Problem.RUNTIME_CONFIG_DISABLED.exception("providers are set in the configuration file");
    }
}
