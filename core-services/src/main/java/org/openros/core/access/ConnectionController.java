// SPDX-License-Identifier: Apache-2.0
package org.openros.core.access;

import org.jspecify.annotations.Nullable;
import org.openros.core.http.AppAdmission;
import org.openros.core.http.JsonBody;
import org.openros.core.login.TokenCheck;
import org.openros.core.service.CoreService;
import org.openros.core.service.RunsIn;
import org.openros.domain.token.UserToken;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** The question of a gateway: may this token connect. */
@RestController
@RunsIn(CoreService.AUTH)
class ConnectionController {
    private final AppAdmission apps;
    private final TokenCheck check;
    private final JsonMapper json;

    ConnectionController(AppAdmission apps, TokenCheck check, JsonMapper json) {
        this.apps = apps;
        this.check = check;
        this.json = json;
    }

    @PostMapping("/internal/v1/connections/authorize")
    ConnectionReply authorize(@RequestBody(required = false) byte @Nullable [] body) {
        JsonBody question = JsonBody.parse(json, body);
        UserToken token = check.access(question.text("accessToken"), apps.admit(question.text("appId")));
        return new ConnectionReply(token.userId(), token.expiresAt().getEpochSecond());
    }

    /** The user of a good token, and when it stops being good, in seconds since 1970. */
    record ConnectionReply(String userId, long expiresAt) {}
}
