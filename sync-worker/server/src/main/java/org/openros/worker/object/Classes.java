// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.object;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openros.changeset.ByteString;
import org.openros.changeset.state.ClassDefinition;
import org.openros.worker.realm.RealmReader;

/** The classes of a realm, as far as one request has to do with them. */
final class Classes {
    private final RealmReader reader;
    private final Map<ByteString, ClassDefinition> known = new HashMap<>();

    Classes(RealmReader reader) {
        this.reader = reader;
    }

    @Nullable ClassDefinition find(ByteString name) {
        ClassDefinition definition = known.get(name);
        if (definition == null) {
            definition = reader.definition(name);
            if (definition != null) {
                known.put(name, definition);
            }
        }
        return definition;
    }

    /** A class that certainly is there, because another one links to it. */
    ClassDefinition target(@Nullable ByteString name) {
        ClassDefinition definition = name == null ? null : find(name);
        if (definition == null) {
            throw new IllegalStateException("a property links to no class");
        }
        return definition;
    }

    /** A class whose objects have keys; others end in an error reply. */
    ClassDefinition keyed(String name) {
        ClassDefinition definition = find(ByteString.of(name));
        if (definition == null) {
            throw Problem.NOT_FOUND.exception("there is no class '" + name + "' in this realm");
        }
        if (definition.isEmbedded()) {
            throw Problem.invalid("class", "objects of the embedded class '" + name + "' are parts of others");
        }
        return definition;
    }
}
