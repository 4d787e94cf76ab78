// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.rocks;

import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openros.domain.Epoch;
import org.openros.domain.GroupId;
import org.openros.domain.Lineage;
import org.openros.domain.NodeId;
import org.openros.domain.StoreId;
import org.openros.domain.log.ChainHash;
import org.openros.domain.log.Position;
import org.openros.storage.StorageException;
import org.openros.storage.StorageException.Reason;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a folder's {@code store.json} says.
 *
 * @param owner null until a node of a group has opened it
 * @param store as the group knows it
 * @param content what log and state belong to each other by; differs from the store in a copy of another folder
 * @param closedAt where the log ended when the store was closed last; null while it is open, or if it was not closed
 * @param change what is to be finished at the next opening; null if nothing
 * @param place where it was opened last; null if that is not known
 */
record StoreRecord(
        @Nullable Owner owner,
        StoreId store,
        UUID content,
        @Nullable Lineage lineage,
        Epoch promised,
        @Nullable Position closedAt,
        @Nullable FolderChange change,
        @Nullable Place place) {
    private static final int FORMAT_LEVEL = 2;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Whose folder it is. */
    record Owner(GroupId group, NodeId node) {
        @Override
        public String toString() {
            return "node " + node + " of group " + group;
        }
    }

    static StoreRecord ofNewFolder(@Nullable Owner owner) {
        StoreId id = StoreId.random();
        return new StoreRecord(owner, id, id.value(), null, Epoch.NONE, null, null, null);
    }

    StoreRecord withOwner(@Nullable Owner other) {
        return new StoreRecord(other, store, content, lineage, promised, closedAt, change, place);
    }

    StoreRecord withLineage(@Nullable Lineage other) {
        return new StoreRecord(owner, store, content, other, promised, closedAt, change, place);
    }

    /** With a promise that does not fall (group protocol, I8). */
    StoreRecord withPromised(Epoch epoch) {
        Epoch higher = epoch.compareTo(promised) > 0 ? epoch : promised;
        return new StoreRecord(owner, store, content, lineage, higher, closedAt, change, place);
    }

    StoreRecord withClosedAt(@Nullable Position position) {
        return new StoreRecord(owner, store, content, lineage, promised, position, change, place);
    }

    StoreRecord withChange(@Nullable FolderChange other) {
        return new StoreRecord(owner, store, content, lineage, promised, closedAt, other, place);
    }

    /** With a content of its own. */
    StoreRecord withContent(StoreId id) {
        return new StoreRecord(owner, id, id.value(), lineage, promised, null, change, place);
    }

    /** At another place, with the same content. */
    StoreRecord at(Place other, StoreId id) {
        return new StoreRecord(owner, id, content, lineage, promised, closedAt, change, other);
    }

    String toJson() {
        ObjectNode json = JSON.createObjectNode().put("formatLevel", FORMAT_LEVEL);
        if (owner != null) {
            json.put("group", owner.group().value()).put("node", owner.node().value());
        }
        json.put("storeId", store.toString()).put("contentId", content.toString());
        if (lineage != null) {
            json.put("lineage", lineage.toString());
        }
        json.put("promisedEpoch", promised.value());
        if (closedAt != null) {
            ChainHash hash = closedAt.hash();
            json.putObject("closedAt").put("epoch", closedAt.epoch().value()).put("seq", closedAt.seq())
                    .put("hashHigh", hash.high()).put("hashLow", hash.low());
        }
        if (change != null) {
            json.put("change", change.text());
        }
        if (place != null) {
            json.putObject("place").put("file", place.file()).put("birth", place.birth());
        }
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
    }

    /**
     * Reads the text form; that of level 1 knew only the id.
     *
     * @param file for messages
     */
    static StoreRecord of(String text, Path file) {
        try {
            JsonNode json = JSON.readTree(text);
            int level = json.path("formatLevel").asInt(0);
            if (level < 1 || level > FORMAT_LEVEL) {
                throw new StorageException(
                        Reason.UNKNOWN_FORMAT,
                        file + " has the unknown format level " + level + ": start the release that wrote it",
                        null);
            }
            return level == 1 ? ofLevel1(json) : of(json);
        } catch (JacksonException | IllegalArgumentException e) {
            throw new StorageException(
                    Reason.CORRUPT, file + " is damaged: restore a backup, or let the node join anew", e);
        }
    }

    private static StoreRecord ofLevel1(JsonNode json) {
        StoreId id = StoreId.of(json.path("storeId").asString(""));
        return new StoreRecord(null, id, id.value(), null, Epoch.NONE, null, null, null);
    }

    private static StoreRecord of(JsonNode json) {
        Owner owner = json.has("group")
                ? new Owner(new GroupId(json.path("group").asString("")), new NodeId(json.path("node").asString("")))
                : null;
        Lineage lineage = json.has("lineage") ? Lineage.of(json.path("lineage").asString("")) : null;
        JsonNode closed = json.path("closedAt");
        return new StoreRecord(
                owner,
                StoreId.of(json.path("storeId").asString("")),
                UUID.fromString(json.path("contentId").asString("")),
                lineage,
                new Epoch(json.path("promisedEpoch").asLong(-1)),
                closed.isObject() ? position(closed) : null,
                json.has("change") ? FolderChange.of(json.path("change").asString("")) : null,
                json.has("place") ? place(json.path("place")) : null);
    }

    private static Place place(JsonNode json) {
        return new Place(json.path("file").asString(""), json.path("birth").asString(""));
    }

    private static Position position(JsonNode json) {
        ChainHash hash = new ChainHash(json.path("hashHigh").asLong(), json.path("hashLow").asLong());
        return new Position(new Epoch(json.path("epoch").asLong(-1)), json.path("seq").asLong(-1), hash);
    }
}
