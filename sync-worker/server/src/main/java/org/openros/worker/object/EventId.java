// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.object;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openros.worker.realm.HistoryNews.Position;

/**
 * Positions as identifiers of events: the version, and what tells this history from another one that has such a version
 * too. The version alone is taken as well.
 */
final class EventId {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,18})(?:-([0-9a-z]{1,13}))?");
    private static final int RADIX = 36;

    private EventId() {}

    static String of(Position position) {
        return position.version() + "-" + Long.toString(position.salt(), RADIX);
    }

    static Position parse(String parameter, String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw Problem.invalid(parameter, "is not the id of an event");
        }
        String salt = form.group(2);
        try {
            return new Position(Long.parseLong(form.group(1)), salt == null ? 0 : Long.parseLong(salt, RADIX));
        } catch (NumberFormatException e) {
            throw Problem.invalid(parameter, "is not the id of an event");
        }
    }
}
