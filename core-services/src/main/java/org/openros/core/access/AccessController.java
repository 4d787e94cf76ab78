// SPDX-License-Identifier: Apache-2.0
package org.openros.core.access;

import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openros.core.http.ApiError;
import org.openros.core.http.AppAdmission;
import org.openros.core.http.JsonBody;
import org.openros.core.login.TokenCheck;
import org.openros.domain.AppId;
import org.openros.domain.GroupId;
import org.openros.domain.Partition;
import org.openros.domain.RealmPath;
import org.openros.domain.token.AccessRight;
import org.openros.domain.token.RealmToken;
import org.openros.domain.token.TokenIssuer;
import org.openros.domain.token.UserToken;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** The questions of a gateway: may this token connect, and may it open this realm. */
@RestController
@RequestMapping("/internal/v1")
class AccessController {
    private final AppAdmission apps;
    private final TokenCheck check;
    private final RealmAccessPolicy policy;
    private final TokenIssuer issuer;
    private final Duration realmTokenLife;
    private final Clock clock;
    private final JsonMapper json;

    AccessController(
            AppAdmission apps,
            TokenCheck check,
            RealmAccessPolicy policy,
            TokenIssuer issuer,
            Duration realmTokenLife,
            Clock clock,
            JsonMapper json) {
        this.apps = apps;
        this.check = check;
        this.policy = policy;
        this.issuer = issuer;
        this.realmTokenLife = realmTokenLife;
        this.clock = clock;
        this.json = json;
    }

    @PostMapping("/connections/authorize")
    ConnectionReply authorizeConnection(@RequestBody(required = false) byte @Nullable [] body) {
        UserToken token = token(JsonBody.parse(json, body));
        return new ConnectionReply(token.userId(), token.expiresAt().getEpochSecond());
    }

    @PostMapping("/realms/authorize")
    RealmReply authorizeRealm(@RequestBody(required = false) byte @Nullable [] body) {
        JsonBody question = JsonBody.parse(json, body);
        UserToken token = token(question);
        RealmPath path = path(token.app(), question.text("partition"));
        Set<AccessRight> rights = policy.rights(token, path);
        if (rights.isEmpty()) {
            throw ApiError.NO_RIGHT.exception();
        }
        RealmToken realm = new RealmToken(token.userId(), path, rights, clock.instant().plus(realmTokenLife));
        return new RealmReply(path.value(), GroupId.DEFAULT.value(), issuer.issue(realm));
    }

    private UserToken token(JsonBody question) {
        AppId app = apps.admit(question.text("appId"));
        return check.access(question.text("accessToken"), app);
    }

    private static RealmPath path(AppId app, String partition) {
        try {
            return RealmPath.of(app, Partition.parse(partition));
        } catch (IllegalArgumentException e) {
            throw ApiError.BAD_REQUEST.exception("not a partition: " + e.getMessage());
        }
    }

    /** The user of a good token, and when it stops being good, in seconds since 1970. */
    record ConnectionReply(String userId, long expiresAt) {}

    /** Where the realm lies and the token that opens it. */
    record RealmReply(String path, String group, String realmToken) {
        @Override
        public String toString() {
            return "RealmReply[" + path + "]";
        }
    }
}
