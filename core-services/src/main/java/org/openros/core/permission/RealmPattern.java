// SPDX-License-Identifier: Apache-2.0
package org.openros.core.permission;

import java.util.regex.Pattern;
import org.openros.domain.AppId;
import org.openros.domain.Partition;
import org.openros.domain.RealmPath;

/**
 * A pattern of realms.
 *
 * @param app an app id, or {@code *} for all
 * @param partition pattern of the partition: a text in which {@code *} stands for any characters but {@code /}, once in
 *     each part between slashes, {@code **} at the end for anything, {@code %%user.id} for the id of the user, and so
 *     does {@code ~} as the first part of a path ({@code /~/notes}). Partitions that are no strings are written as in
 *     paths: {@code =int:42}, {@code =oid:%%user.id}, {@code =uuid:*}, {@code =null}
 */
public record RealmPattern(String app, String partition) {
    private static final String USER = "%%user.id";
    private static final String HOME = "/~/";
    private static final String ANYTHING = "**";

    /**
     * Checks the pattern.
     *
     * @throws IllegalArgumentException if it has stars in places where they have no meaning
     */
    public RealmPattern {
        String fixed = partition.endsWith(ANYTHING)
                ? partition.substring(0, partition.length() - ANYTHING.length())
                : partition;
        for (String part : fixed.split("/", -1)) {
            if (part.indexOf('*') != part.lastIndexOf('*')) {
                throw new IllegalArgumentException("the pattern " + partition
                        + ": between two slashes there is one * at most, and ** only at the end");
            }
        }
        if (!app.equals("*") && !AppId.isValid(app)) {
            throw new IllegalArgumentException("not an app id: " + app);
        }
    }

    /** Whether the pattern is one for an app. */
    boolean isFor(AppId id) {
        return app.equals("*") || app.equals(id.value());
    }

    /** Whether the pattern makes {@code ~} stand for a user. */
    boolean isOfHomes() {
        return partition.startsWith(HOME);
    }

    /** Whether a realm is meant when a certain user opens it. */
    public boolean fits(RealmPath path, String userId) {
        return isFor(path.app()) && fits(path.partition(), path, userId);
    }

    private boolean fits(Partition asked, RealmPath path, String userId) {
        if (partition.equals(ANYTHING)) {
            return true;
        }
        boolean typed = partition.startsWith("=");
        return switch (asked) {
            case Partition.Text text -> !typed && pattern(userId).matcher(text.value()).matches();
            case Partition.Number number -> typed && pattern(userId).matcher(printed(path)).matches();
            case Partition.ObjectId oid -> typed && pattern(userId).matcher(printed(path)).matches();
            case Partition.Uuid uuid -> typed && pattern(userId).matcher(printed(path)).matches();
            case Partition.None none -> typed && pattern(userId).matcher(printed(path)).matches();
        };
    }

    private static String printed(RealmPath path) {
        return path.value().substring(path.app().value().length() + 2);
    }

    private Pattern pattern(String userId) {
        String text = (isOfHomes() ? "/" + USER + partition.substring(HOME.length() - 1) : partition)
                .replace(USER, userId);
        StringBuilder regex = new StringBuilder();
        int end = text.endsWith(ANYTHING) ? text.length() - ANYTHING.length() : text.length();
        int start = 0;
        for (int star = text.indexOf('*'); star >= 0 && star < end; star = text.indexOf('*', start)) {
            regex.append(Pattern.quote(text.substring(start, star))).append("[^/]*");
            start = star + 1;
        }
        regex.append(Pattern.quote(text.substring(start, end))).append(end < text.length() ? ".*" : "");
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }
}
