// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.object;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.openros.changeset.TypeCode;
import org.openros.changeset.Value;

/**
 * A place in objects of a class, by names: a property, then one of the embedded object or dictionary that it holds. In
 * a list or set it stands for every element.
 *
 * @param isKey whether it is the primary key
 * @param type of the values there; {@link TypeCode#NULL} if they may have any
 */
record FieldPath(List<String> names, boolean isKey, TypeCode type) {
    /** Whether a condition holds for the value there, or for one of them. */
    boolean any(QueriedObject object, Predicate<Value> condition) {
        if (isKey) {
            return condition.test(Keys.value(object.key()));
        }
        return any(object.fields().getOrDefault(names.getFirst(), Content.NULL), 1, condition);
    }

    private boolean any(Content content, int depth, Predicate<Value> condition) {
        return switch (content) {
            case Content.Scalar(Value value) ->
                condition.test(depth == names.size() ? value : Value.Marker.NULL);
            case Content.Elements(List<Content> elements) ->
                elements.stream().anyMatch(element -> any(element, depth, condition));
            case Content.Members(List<Value> members) ->
                depth == names.size() && members.stream().anyMatch(condition);
            case Content.Entries entries -> anyNamed(entries.entries(), depth, condition);
            case Content.Embedded embedded -> anyNamed(embedded.fields(), depth, condition);
        };
    }

    private boolean anyNamed(Map<String, Content> named, int depth, Predicate<Value> condition) {
        if (depth < names.size()) {
            return any(named.getOrDefault(names.get(depth), Content.NULL), depth + 1, condition);
        }
        return named.values().stream().anyMatch(entry -> any(entry, depth, condition));
    }

    @Override
    public String toString() {
        return String.join(".", names);
    }
}
