// SPDX-License-Identifier: Apache-2.0
package org.openros.core.access;

import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.openros.core.directory.Directory;
import org.openros.core.directory.RealmRow;
import org.openros.core.http.ApiError;
import org.openros.core.http.AppAdmission;
import org.openros.core.http.JsonBody;
import org.openros.core.login.TokenCheck;
import org.openros.core.permission.AccessChanges;
import org.openros.core.permission.RealmAccess;
import org.openros.core.permission.RealmRights;
import org.openros.domain.AppId;
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

/** The question of a gateway: may this token open this realm. */
@RestController
@RequestMapping("/internal/v1")
class AccessController {
    private final AppAdmission apps;
    private final TokenCheck check;
    private final RealmRights rights;
    private final AccessChanges changes;
    private final Directory directory;
    private final TokenIssuer issuer;
    private final Duration realmTokenLife;
    private final Clock clock;
    private final JsonMapper json;

    AccessController(
            AppAdmission apps,
            TokenCheck check,
            RealmRights rights,
            AccessChanges changes,
            Directory directory,
            TokenIssuer issuer,
            Duration realmTokenLife,
            Clock clock,
            JsonMapper json) {
        this.apps = apps;
        this.check = check;
        this.rights = rights;
        this.changes = changes;
        this.directory = directory;
        this.issuer = issuer;
        this.realmTokenLife = realmTokenLife;
        this.clock = clock;
        this.json = json;
    }

    @PostMapping("/realms/authorize")
    RealmReply authorizeRealm(@RequestBody(required = false) byte @Nullable [] body) {
        JsonBody question = JsonBody.parse(json, body);
        // Before anything is looked up: what is remembered of the user may be as old as this.
        long known = changes.last();
        UserToken token = token(question);
        RealmPath path = path(token, question.text("partition"));
        RealmAccess access =
                check.isAdmin(token) ? RealmAccess.whole(path, known) : rights.toSync(path, token.userId());
        if (!access.rights().contains(AccessRight.READ)) {
            throw ApiError.NO_RIGHT.exception();
        }
        RealmRow row = directory.open(path, token.userId());
        if (row.isDeleted()) {
            throw ApiError.REALM_DELETED.exception();
        }
        RealmToken realm =
                new RealmToken(token.userId(), row.store(), access.rights(), clock.instant().plus(realmTokenLife));
        long asOf = row.isCertain() ? Math.min(known, access.asOf()) : 0;
        return new RealmReply(path.value(), row.group().value(), issuer.issue(realm), token.userId(), asOf);
    }

    private UserToken token(JsonBody question) {
        AppId app = apps.admit(question.text("appId"));
        return check.access(question.text("accessToken"), app);
    }

    private RealmPath path(UserToken user, String partition) {
        try {
            return rights.path(user.app(), Partition.parse(partition), user.userId());
        } catch (IllegalArgumentException e) {
            throw ApiError.BAD_REQUEST.exception("not a partition: " + e.getMessage());
        }
    }

    /**
     * Where the realm lies and the token that opens it.
     *
     * @param asOf no access change up to this number is missed in the token
     */
    record RealmReply(String path, String group, String realmToken, String userId, long asOf) {
        @Override
        public String toString() {
            return "RealmReply[" + path + "]";
        }
    }
}
