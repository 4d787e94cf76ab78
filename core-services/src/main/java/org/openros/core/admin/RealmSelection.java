// SPDX-License-Identifier: Apache-2.0
package org.openros.core.admin;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.core.problem.Problem;
import org.openros.core.realmapi.RealmNames;
import org.openros.domain.AppId;

/** Reads names of realms that may end in {@code *}. */
final class RealmSelection {
    /** The target of a job has all of them. */
    private static final int LONGEST = 4_000;

    private RealmSelection() {}

    /** The paths that are meant, which may end in {@code *}; none if nothing is given. */
    static List<String> patterns(
            AppScope apps, @Nullable String appId, String parameter, @Nullable List<@Nullable String> names) {
        if (names == null || names.isEmpty()) {
            return List.of();
        }
        AppId app = apps.required(appId);
        List<String> patterns =
                names.stream().map(name -> pattern(app, parameter, name)).toList();
        if (patterns.stream().mapToInt(String::length).sum() > LONGEST) {
            throw Problem.invalid(parameter, "has too many names: shorten them with *");
        }
        return patterns;
    }

    private static String pattern(AppId app, String parameter, @Nullable String name) {
        String text = Given.text(parameter, name);
        if (!text.endsWith("*")) {
            return RealmNames.path(app, parameter, text).value();
        }
        String start = text.substring(0, text.length() - 1);
        return start.isEmpty() ? "/" + app + "/*" : RealmNames.path(app, parameter, start).value() + "*";
    }
}
