// SPDX-License-Identifier: Apache-2.0
package org.openros.core.realmapi;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openros.core.problem.Problem;
import org.openros.domain.AppId;
import org.openros.domain.Partition;
import org.openros.domain.RealmPath;

/**
 * Reads the names of realms in requests: a string partition as it is ({@code /~/notes}, {@code team-7}), or a partition
 * of another type as it stands in paths ({@code =int:42}); of a full URL the path counts.
 */
public final class RealmNames {
    private static final Pattern URL = Pattern.compile("[a-z]+://[^/]*(/.*)");
    private static final String HOME = "/~/";
    private static final Pattern PART = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");
    private static final Pattern TEMPORARY = Pattern.compile(".*\\.realm(\\.lock|\\.management)?");
    private static final int MAX_PARTS = 32;
    private static final int LONGEST = 512;

    private RealmNames() {}

    /** The realm that a caller means; a bad name ends in an error reply that names the parameter. */
    public static RealmPath path(Caller caller, String parameter, String name) {
        Matcher url = URL.matcher(name);
        String text = url.matches() ? url.group(1) : name;
        if (text.isEmpty() || text.length() > LONGEST) {
            throw Problem.invalid(parameter, "a realm's name has 1 to " + LONGEST + " characters");
        }
        try {
            return text.startsWith("=")
                    ? new RealmPath("/" + caller.app() + "/" + text)
                    : RealmPath.of(caller.app(), new Partition.Text(atHome(caller, parameter, text)));
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(parameter, "not the name of a realm");
        }
    }

    /** The realm of an app that an administrator means; a bad name ends in an error reply that names the parameter. */
    public static RealmPath path(AppId app, String parameter, String name) {
        return path(new Caller.Admin("", app), parameter, name);
    }

    private static String atHome(Caller caller, String parameter, String text) {
        if (!text.startsWith(HOME)) {
            return text;
        }
        return switch (caller) {
            case Caller.Somebody user -> "/" + user.userId() + text.substring(HOME.length() - 1);
            case Caller.Admin admin -> throw Problem.invalid(parameter, "an administrator has no home");
        };
    }

    /** Ends in an error reply if nobody may make a realm of this path. */
    public static void requireAllowed(String parameter, RealmPath path) {
        String name = name(path);
        if (!name.startsWith("/")) {
            return;
        }
        String[] parts = name.substring(1).split("/", -1);
        if (parts.length > MAX_PARTS) {
            throw Problem.invalid(parameter, "has more than " + MAX_PARTS + " parts");
        }
        for (String part : parts) {
            if (!PART.matcher(part).matches() || part.startsWith("__")) {
                throw Problem.invalid(parameter, "the part '" + part + "' is not allowed");
            }
        }
        if (TEMPORARY.matcher(name).matches()) {
            throw Problem.invalid(parameter, "ends like a file on a device");
        }
    }

    /** The name by which the realm can be asked for. */
    public static String name(RealmPath path) {
        return path.partition() instanceof Partition.Text(String text) && !text.isEmpty() && !text.startsWith("=")
                ? text
                : path.value().substring(path.app().value().length() + 2);
    }
}
