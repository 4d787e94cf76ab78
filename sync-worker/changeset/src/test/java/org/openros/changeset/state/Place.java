// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.openros.changeset.ByteString;
import org.openros.changeset.ObjectKey;
import org.openros.changeset.PathElement;
import tools.jackson.databind.JsonNode;

/**
 * A place in an object, found by wandering down from a field.
 *
 * @param path the steps below the field
 * @param container size of the list that the last step leads into, or 0
 * @param below size of the list that stands at the place, or -1
 * @param leadsToEmbedded whether the field holds embedded objects
 */
record Place(
        ByteString field, List<PathElement> path, int container, int below, boolean leadsToEmbedded, Random random) {
    static Place random(
            ObjectState state,
            ByteString table,
            ObjectKey key,
            ByteString field,
            List<PathElement> path,
            Random random) {
        JsonNode object = state.object(table, key);
        JsonNode slot = object == null ? null : object.required("fields").get(field.toUtf8());
        int container = 0;
        while (slot != null && random.nextInt(4) != 0) {
            if (slot.has("list")) {
                container = slot.required("list").size();
                int index = random.nextInt(container + 1);
                path.add(new PathElement.Index(index));
                slot = slot.required("list").get(index);
            } else if (slot.has("dictionary") || slot.has("embedded")) {
                container = 0;
                JsonNode members = slot.has("dictionary") ? slot.required("dictionary") : slot.required("embedded");
                List<Map.Entry<String, JsonNode>> entries = new ArrayList<>(members.properties());
                int index = random.nextInt(entries.size() + 1);
                String name = index == entries.size() ? "new" + random.nextInt(3) : entries.get(index).getKey();
                path.add(new PathElement.Key(ByteString.of(name)));
                slot = index == entries.size() ? null : entries.get(index).getValue();
            } else {
                break;
            }
        }
        int below = slot != null && slot.has("list") ? slot.required("list").size() : -1;
        JsonNode target = state.toJson().at("/tables/" + table + "/columns/" + field + "/linkTarget");
        boolean leadsToEmbedded = target.asString("").equals("E");
        return new Place(field, path, container, below, leadsToEmbedded, random);
    }

    /** The path of a list instruction: into the list at this place if there is one. */
    List<PathElement> indexed() {
        if (below < 0) {
            return path.isEmpty() || !(path.getLast() instanceof PathElement.Index)
                    ? List.of(new PathElement.Index(0))
                    : path;
        }
        List<PathElement> longer = new ArrayList<>(path);
        longer.add(new PathElement.Index(random.nextInt(below + 1)));
        return longer;
    }

    /** The prior size that mostly is right. */
    long size() {
        return random.nextInt(30) == 0 ? 1 : Math.max(below, container);
    }
}
