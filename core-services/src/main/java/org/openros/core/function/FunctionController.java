// SPDX-License-Identifier: Apache-2.0
package org.openros.core.function;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.core.http.ApiError;
import org.openros.core.http.AppAdmission;
import org.openros.core.http.JsonBody;
import org.openros.core.login.TokenCheck;
import org.openros.core.service.CoreService;
import org.openros.core.service.RunsIn;
import org.openros.domain.AppId;
import org.openros.domain.token.UserToken;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls functions for users. Databases are functions of a service in the eyes of clients, and there are none. */
@RestController
@RunsIn(CoreService.AUTH)
class FunctionController {
    /** How many arguments a call has at most. */
    static final int MAX_ARGUMENTS = 100;

    /**
     * Not exactly {@code application/json}: with that, clients take a result that has a string {@code error} for a
     * failure.
     */
    private static final String CONTENT_TYPE = "application/json;charset=utf-8";

    private final AppAdmission apps;
    private final TokenCheck check;
    private final Functions functions;
    private final JsonMapper json;

    FunctionController(AppAdmission apps, TokenCheck check, Functions functions, JsonMapper json) {
        this.apps = apps;
        this.check = check;
        this.functions = functions;
        this.json = json;
    }

    @PostMapping("/api/client/v2.0/app/{app}/functions/call")
    ResponseEntity<byte[]> call(
            @PathVariable("app") String appId,
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization,
            @RequestBody(required = false) byte @Nullable [] body) {
        AppId app = apps.admit(appId);
        UserToken token = check.accessTo(app, authorization);
        JsonBody call = JsonBody.parse(json, body);
        if (call.has("service")) {
            throw ApiError.NO_SERVICE.exception();
        }
        JsonNode result = functions.call(
                call.text("name"), new FunctionCaller(app, token.userId()), arguments(call));
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_TYPE, CONTENT_TYPE)
                .body(json.writeValueAsBytes(result));
    }

    private static List<JsonNode> arguments(JsonBody call) {
        List<JsonNode> arguments = call.list("arguments");
        if (arguments.size() > MAX_ARGUMENTS) {
            throw ApiError.BAD_ARGUMENT.exception("a function takes at most " + MAX_ARGUMENTS + " arguments");
        }
        return arguments;
    }
}
