// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The string table of a changeset while it is parsed (changeset format, section 1.6). */
final class DeclaredStrings {
    /** Up to this size a scan finds a duplicate faster than a hash table. */
    private static final int SCAN_LIMIT = 12;

    private final List<ByteString> strings = new ArrayList<>();
    private @Nullable Set<ByteString> seen;

    int size() {
        return strings.size();
    }

    ByteString get(int index) {
        return strings.get(index);
    }

    /** Appends a string; false if the table has it already. */
    boolean add(ByteString string) {
        if (!isNew(string)) {
            return false;
        }
        strings.add(string);
        return true;
    }

    private boolean isNew(ByteString string) {
        if (strings.size() < SCAN_LIMIT) {
            return !strings.contains(string);
        }
        if (seen == null) {
            seen = new HashSet<>(strings);
        }
        return seen.add(string);
    }

    /** Nothing is added any more. */
    void complete() {
        seen = null;
    }

    List<ByteString> toList() {
        return strings.isEmpty() ? List.of() : Collections.unmodifiableList(strings);
    }
}
