// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.object;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.openros.changeset.ChangesetJson;
import org.openros.changeset.Value;
import tools.jackson.databind.JsonNode;

/** Reads content from the notation of the object state (changeset format, section 6.3). */
final class StoredContent {
    private StoredContent() {}

    /** The fields of an object, without its primary key. */
    static SortedMap<String, Content> fields(JsonNode object) {
        return members(object.path("fields"));
    }

    private static SortedMap<String, Content> members(JsonNode node) {
        SortedMap<String, Content> members = new TreeMap<>();
        node.properties().forEach(member -> members.put(member.getKey(), content(member.getValue())));
        return members;
    }

    private static Content content(JsonNode node) {
        if (node.has("list")) {
            List<Content> elements = new ArrayList<>();
            node.path("list").forEach(element -> elements.add(content(element)));
            return new Content.Elements(elements);
        }
        if (node.has("set")) {
            List<Value> members = new ArrayList<>();
            node.path("set").forEach(member -> members.add(value(member)));
            return new Content.Members(members);
        }
        if (node.has("dictionary")) {
            return new Content.Entries(members(node.path("dictionary")));
        }
        return node.has("embedded") ? new Content.Embedded(members(node.path("embedded")))
                : new Content.Scalar(value(node));
    }

    private static Value value(JsonNode node) {
        JsonNode link = node.path("link");
        return link.isMissingNode()
                ? ChangesetJson.readValue(node)
                : new Value.Link(ChangesetJson.readName(link.path("table")), ChangesetJson.readKey(link.path("pk")));
    }
}
