// SPDX-License-Identifier: Apache-2.0
package org.openros.core.permission;

import java.util.List;
import java.util.Set;
import org.openros.domain.AppId;
import org.openros.domain.Partition;
import org.openros.domain.RealmPath;
import org.openros.domain.token.AccessRight;

/** The default rules of all apps. Immutable. */
final class PermissionRules {
    private static final String HOME = "/~/";

    private final List<PermissionRule> rules;

    PermissionRules(List<PermissionRule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** The realm that a user means by a partition: {@code ~} stands for the user if a rule of the app says so. */
    RealmPath path(AppId app, Partition partition, String userId) {
        if (partition instanceof Partition.Text(String text) && text.startsWith(HOME) && hasHomes(app)) {
            return RealmPath.of(app, new Partition.Text("/" + userId + text.substring(HOME.length() - 1)));
        }
        return RealmPath.of(app, partition);
    }

    private boolean hasHomes(AppId app) {
        return rules.stream().anyMatch(rule -> rule.isFor(app) && rule.isOfHomes());
    }

    /** What a user of the realm's app may do without any grant. */
    Set<AccessRight> rights(RealmPath path, String userId) {
        if (path.app().isReserved()) {
            return AccessLevel.NONE.rights();
        }
        if (rules.stream().noneMatch(rule -> rule.isFor(path.app()))) {
            return AccessLevel.WRITE.rights();
        }
        return rules.stream()
                .filter(rule -> rule.fits(path, userId))
                .findFirst()
                .map(PermissionRule::access)
                .orElse(AccessLevel.NONE)
                .rights();
    }
}
