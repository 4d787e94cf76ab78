// SPDX-License-Identifier: Apache-2.0
package org.openros.core.backup;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openros.core.account.HexIds;

/**
 * Names a backup, and its folder: 24 hexadecimal digits, so that no name is a path.
 *
 * @param value the digits
 */
public record BackupId(@JsonValue String value) implements Comparable<BackupId> {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{24}");

    /**
     * Checks the form.
     *
     * @throws IllegalArgumentException if the text is no name of a backup
     */
    public BackupId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("a backup is named by 24 hexadecimal digits");
        }
    }

    /** A new name; later ones sort behind it. */
    public static BackupId next(Instant now) {
        return new BackupId(HexIds.next(now));
    }

    /** The name that a text is; null if it is none. */
    public static @Nullable BackupId named(String text) {
        return FORM.matcher(text).matches() ? new BackupId(text) : null;
    }

    @Override
    public int compareTo(BackupId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
