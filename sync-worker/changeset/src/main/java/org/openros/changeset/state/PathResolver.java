// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset.state;

import java.util.List;
import org.openros.changeset.ByteString;
import org.openros.changeset.PathElement;
import org.openros.changeset.state.ApplyException.Reason;

/** Follows a path from an object to a place (changeset format, section 2.5). */
final class PathResolver {
    /** The longest path; stock clients create at most 100 levels. */
    static final int MAX_LENGTH = 500;

    private final Inverses journal;
    private final List<PathElement> path;
    private int next;

    private PathResolver(Inverses journal, List<PathElement> path) {
        this.journal = journal;
        this.path = path;
    }

    static Target resolve(Slot.Fields object, ByteString field, List<PathElement> path, Inverses journal) {
        if (path.size() > MAX_LENGTH) {
            throw new ApplyException(Reason.BAD_PATH);
        }
        return new PathResolver(journal, path).fromObject(object, field);
    }

    private boolean atEnd() {
        return next == path.size();
    }

    private Target fromObject(Slot.Fields start, ByteString field) {
        Slot.Fields object = start;
        ByteString name = field;
        while (true) {
            Column column = object.table().column(name);
            Slot slot;
            if (column.isCollection()) {
                slot = object.collection(column, journal);
                if (atEnd()) {
                    return new Target.Collection(object, column, slot);
                }
                Target.Place place = step(slot, column);
                if (atEnd()) {
                    return place;
                }
                slot = place.get();
            } else if (atEnd()) {
                return new Target.Field(object, column);
            } else {
                slot = object.get(column);
            }
            if (column.isMixed()) {
                return fromMixed(slot, column);
            }
            if (!(slot instanceof Slot.Fields embedded)) {
                throw new ApplyException(Reason.BAD_PATH);
            }
            object = embedded;
            name = key();
        }
    }

    private Target fromMixed(Slot value, Column column) {
        Target.Place place = step(value, column);
        while (!atEnd()) {
            place = step(place.get(), column);
        }
        return place;
    }

    /** One step into a collection. */
    private Target.Place step(Slot collection, Column column) {
        return switch (collection) {
            case Slot.Elements list -> new Target.Element(list, index(), column);
            case Slot.Entries dictionary -> new Target.Entry(dictionary, key(), column);
            case Slot.Members _, Slot.Leaf _, Slot.Fields _ -> throw new ApplyException(Reason.BAD_PATH);
        };
    }

    private long index() {
        if (path.get(next++) instanceof PathElement.Index index) {
            return index.value();
        }
        throw new ApplyException(Reason.BAD_PATH);
    }

    private ByteString key() {
        if (path.get(next++) instanceof PathElement.Key key) {
            return key.name();
        }
        throw new ApplyException(Reason.BAD_PATH);
    }
}
