// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.group;

import java.net.URI;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.openros.domain.Epoch;
import org.openros.domain.GroupId;
import org.openros.domain.Lineage;
import org.openros.domain.NodeId;
import org.openros.domain.StoreId;
import org.openros.domain.log.ChainHash;
import org.openros.domain.log.Position;
import org.openros.replication.frame.NodeReport;
import org.openros.replication.frame.Role;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The value of a node's key in the lock service: what {@link org.openros.cluster.group.NodePresence} tells people, and
 * what the other nodes' machines need besides.
 */
final class PresenceJson {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** The node's report and where it is reached. */
    record Presence(NodeReport report, URI replication) {}

    private PresenceJson() {}

    static byte[] encode(NodeReport report, NodeAddresses addresses, String version) {
        Lineage lineage = report.lineage();
        ObjectNode object = JsonNodeFactory.instance.objectNode()
                .put("group", report.group().value())
                .put("node", report.node().value())
                .put("store", report.store().toString())
                .put("emptyDisk", lineage == null)
                .put("replication", addresses.replication().toString())
                .put("api", addresses.api().toString())
                .put("version", version)
                .put("role", report.role().name().toLowerCase(Locale.ROOT))
                .put("epoch", report.promised().value())
                .put("reign", report.epoch().value())
                .put("committed", report.commitSeq())
                .put("lag", Math.max(0, report.commitSeq() - report.last().seq()))
                .put("formatLevel", report.formatLevel())
                .put("incarnation", report.incarnation())
                .put("lineage", lineage == null ? null : lineage.toString());
        object.set("last", position(report.last()));
        return JSON.writeValueAsBytes(object);
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws RuntimeException if it is something else
     */
    static Presence decode(byte[] content) {
        JsonNode object = JSON.readTree(content);
        String lineage = object.path("lineage").asString("");
        NodeReport report = new NodeReport(
                new GroupId(text(object, "group")),
                new NodeId(text(object, "node")),
                StoreId.of(text(object, "store")),
                object.required("incarnation").longValue(),
                Role.valueOf(text(object, "role").toUpperCase(Locale.ROOT)),
                epoch(object, "reign"),
                lineage.isEmpty() ? null : Lineage.of(lineage),
                epoch(object, "epoch"),
                position(object.required("last")),
                object.required("committed").longValue(),
                object.required("formatLevel").intValue());
        return new Presence(report, URI.create(text(object, "replication")));
    }

    /** A place in the log as the HTTP interface and the lock service show it. */
    static ObjectNode position(Position position) {
        return JsonNodeFactory.instance.objectNode()
                .put("epoch", position.epoch().value())
                .put("seq", position.seq())
                .put("hash", position.hash().toString());
    }

    private static Position position(JsonNode object) {
        String hash = text(object, "hash");
        if (hash.length() != 2 * ChainHash.BYTES) {
            throw new IllegalArgumentException("not a hash: " + hash);
        }
        return new Position(
                epoch(object, "epoch"),
                object.required("seq").longValue(),
                new ChainHash(
                        HexFormat.fromHexDigitsToLong(hash, 0, ChainHash.BYTES),
                        HexFormat.fromHexDigitsToLong(hash, ChainHash.BYTES, 2 * ChainHash.BYTES)));
    }

    private static Epoch epoch(JsonNode object, String field) {
        return new Epoch(object.required(field).longValue());
    }

    private static String text(JsonNode object, String field) {
        @Nullable String text = object.path(field).asString("");
        return text == null ? "" : text;
    }
}
