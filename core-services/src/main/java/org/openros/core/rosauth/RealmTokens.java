// SPDX-License-Identifier: Apache-2.0
package org.openros.core.rosauth;

import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.openros.core.account.User;
import org.openros.core.directory.Directory;
import org.openros.core.directory.RealmRow;
import org.openros.core.directory.RealmType;
import org.openros.core.login.SessionTokens.Issued;
import org.openros.core.permission.AccessLevel;
import org.openros.core.permission.Grants;
import org.openros.core.permission.RealmRights;
import org.openros.core.problem.Problem;
import org.openros.core.realmapi.Caller;
import org.openros.core.realmapi.RealmNames;
import org.openros.domain.RealmPath;
import org.openros.domain.token.AccessRight;
import org.openros.domain.token.RealmToken;
import org.openros.domain.token.TokenIssuer;
import tools.jackson.databind.node.ObjectNode;

/** Gives a user a token for one realm, if the user may open it (admin API, section 5.4). Thread-safe; blocks. */
final class RealmTokens {
    private static final String PARTIAL = "__partial";
    private static final String PATH = "path";

    private final RealmRights rights;
    private final Directory directory;
    private final Grants grants;
    private final TokenIssuer issuer;
    private final Duration life;
    private final Clock clock;

    RealmTokens(
            RealmRights rights, Directory directory, Grants grants, TokenIssuer issuer, Duration life, Clock clock) {
        this.rights = rights;
        this.directory = directory;
        this.grants = grants;
        this.issuer = issuer;
        this.life = life;
        this.clock = clock;
    }

    /** The answer with the token; what stands against it ends in an error reply. */
    ObjectNode issue(User user, String name) {
        RealmPath path = RealmNames.path(new Caller.Somebody(user.id(), user.app()), PATH, name);
        requireNoForeignPart(user, RealmNames.name(path));
        RealmNames.requireAllowed(PATH, path);
        RealmRow row = row(user, path);
        if (row.isDeleted()) {
            throw Problem.REALM_NOT_FOUND.exception("the realm has been deleted");
        }
        if (row.type() != RealmType.FULL && !user.admin()) {
            throw Problem.INVALID_REALM_TYPE.exception("the realm is of type " + row.type().text());
        }
        Set<AccessRight> held = held(user, path);
        if (held.isEmpty()) {
            throw noRight();
        }
        RealmToken token = new RealmToken(
                user.id(), row.store(), held, clock.instant().plus(life).truncatedTo(ChronoUnit.SECONDS));
        return TokenAnswers.access(
                user,
                new Issued(issuer.issue(token), token.expiresAt()),
                texts(held),
                RealmNames.name(path),
                row.group().value());
    }

    /** Realms of partial sync are not served; those of others may not even be asked for. */
    private static void requireNoForeignPart(User user, String name) {
        List<String> parts = List.of(name.split("/", -1));
        int at = parts.indexOf(PARTIAL);
        if (at < 0) {
            return;
        }
        boolean own = at + 1 < parts.size() && parts.get(at + 1).equals(user.id());
        throw own || user.admin()
                ? Problem.INVALID_REALM_TYPE.exception("realms of partial sync are not served")
                : Problem.ACCESS_DENIED.exception("a realm of partial sync of another user");
    }

    private Set<AccessRight> held(User user, RealmPath path) {
        return user.admin() ? EnumSet.allOf(AccessRight.class) : rights.all(path, user.id());
    }

    private RealmRow row(User user, RealmPath path) {
        if (held(user, path).contains(AccessRight.WRITE)) {
            return directory.open(path, user.id());
        }
        RealmRow found = directory.find(path);
        return found == null ? makeAtHome(user, path) : found;
    }

    /** Who makes a realm in the own home may do everything with it. */
    private RealmRow makeAtHome(User user, RealmPath path) {
        if (!RealmNames.name(path).startsWith("/" + user.id() + "/")) {
            throw noRight();
        }
        RealmRow row = directory.create(path, RealmType.FULL, user.id());
        if (user.id().equals(row.owner())) {
            grants.add(path, user.id(), AccessLevel.ADMIN);
        }
        return row;
    }

    private static RuntimeException noRight() {
        return Problem.ACCESS_DENIED.exception("no right to this realm");
    }

    private static List<String> texts(Set<AccessRight> rights) {
        return rights.stream()
                .sorted()
                .map(right -> switch (right) {
                    case READ -> "download";
                    case WRITE -> "upload";
                    case MANAGE -> "manage";
                })
                .toList();
    }
}
