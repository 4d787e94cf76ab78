// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The string table of a changeset while it is written: the given strings, then others in order of first use. */
final class EncodedStrings {
    private final ByteSink declarations = new ByteSink(64);
    private final Map<ByteString, Integer> indices;

    /**
     * Declares the strings of a changeset.
     *
     * @throws IllegalArgumentException if one occurs twice
     */
    EncodedStrings(List<ByteString> strings) {
        indices = HashMap.newHashMap(strings.size() + 4);
        for (ByteString string : strings) {
            if (indices.containsKey(string)) {
                throw new IllegalArgumentException("string table names a string twice: " + string);
            }
            declare(string);
        }
    }

    int indexOf(ByteString string) {
        Integer index = indices.get(string);
        return index == null ? declare(string) : index;
    }

    ByteSink declarations() {
        return declarations;
    }

    private int declare(ByteString string) {
        int index = indices.size();
        indices.put(string, index);
        declarations.unsigned(ChangesetParser.DECLARATION);
        declarations.unsigned(index);
        declarations.text(string);
        return index;
    }
}
