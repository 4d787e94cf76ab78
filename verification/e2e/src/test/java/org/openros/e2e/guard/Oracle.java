// SPDX-License-Identifier: Apache-2.0
package org.openros.e2e.guard;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Who may do what with which realm, in the plainest form there is: the rule for the realm, what was given to the user,
 * and what was given to everybody, whichever is most.
 */
final class Oracle {
    static final String EVERYBODY = "*";

    /** Homes, and two kinds of realms that are open to all, in the order of the server's settings. */
    static final List<String> RULES = List.of(
            "ros.permissions.rules[0].partition=/~/**", "ros.permissions.rules[0].access=admin",
            "ros.permissions.rules[1].partition=open-*", "ros.permissions.rules[1].access=write",
            "ros.permissions.rules[2].partition=seen-*", "ros.permissions.rules[2].access=read");

    private final Map<String, Level> given = new HashMap<>();

    /** Each has the rights of those before it. */
    enum Level {
        NONE,
        READ,
        WRITE,
        ADMIN;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean mayRead() {
            return this != NONE;
        }

        boolean mayWrite() {
            return compareTo(WRITE) >= 0;
        }

        boolean mayManage() {
            return this == ADMIN;
        }

        Level or(Level other) {
            return compareTo(other) >= 0 ? this : other;
        }
    }

    private static String key(RealmName realm, String user) {
        return realm.text() + " " + user;
    }

    void set(RealmName realm, String user, Level level) {
        given.put(key(realm, user), level);
    }

    void add(RealmName realm, String user, Level level) {
        given.merge(key(realm, user), level, Level::or);
    }

    Level level(RealmName realm, String user) {
        return rule(realm.text(), user)
                .or(given.getOrDefault(key(realm, user), Level.NONE))
                .or(given.getOrDefault(key(realm, EVERYBODY), Level.NONE));
    }

    private static Level rule(String realm, String user) {
        if (realm.startsWith("/" + user + "/")) {
            return Level.ADMIN;
        }
        return realm.startsWith("open-") ? Level.WRITE : realm.startsWith("seen-") ? Level.READ : Level.NONE;
    }
}
