// SPDX-License-Identifier: Apache-2.0
package org.openros.cluster.group;

import java.net.URI;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.openros.cluster.DamagedValueException;
import org.openros.cluster.LockService.Value;
import org.openros.cluster.Master;
import org.openros.domain.Epoch;
import org.openros.domain.GroupId;
import org.openros.domain.Lineage;
import org.openros.domain.NodeId;
import org.openros.domain.StoreId;
import org.openros.domain.log.ChainHash;
import org.openros.domain.log.Position;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The values of a group as JSON objects, one field for each component, under its name. Unknown fields are ignored, so
 * that nodes of neighbouring versions understand each other.
 */
public final class GroupJson {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String RESEED = "run './ros group reseed-record', which compares the nodes and writes it anew";
    private static final String FAIL_OVER = "restart the master of the group: the next promotion writes it anew";
    private static final String RESTART = "restart that node: it writes it anew";

    private GroupJson() {}

    /** The value of the record's key. */
    public static byte[] encode(GroupRecord record) {
        ObjectNode object = JSON.createObjectNode()
                .put("group", record.group().value())
                .put("lineage", record.lineage().toString())
                .put("epoch", record.epoch().value())
                .put("formatLevel", record.formatLevel())
                .put("reason", record.reason());
        if (record.master() != null) {
            object.put("master", record.master().value());
        }
        ArrayNode members = object.putArray("members");
        for (Member member : record.members()) {
            members.addObject()
                    .put("node", member.node().value())
                    .put("store", member.store().toString());
        }
        return JSON.writeValueAsBytes(object);
    }

    /** Reads the value of the record's key. */
    public static GroupRecord record(Value value) throws DamagedValueException {
        return decode(value, RESEED, fields -> {
            String master = fields.optionalText("master");
            return new GroupRecord(
                    new GroupId(fields.text("group")),
                    Lineage.of(fields.text("lineage")),
                    new Epoch(fields.number("epoch")),
                    master == null ? null : new NodeId(master),
                    members(fields.any("members")),
                    fields.smallNumber("formatLevel"),
                    fields.text("reason"));
        });
    }

    private static Set<Member> members(JsonNode array) {
        Set<Member> members = new HashSet<>();
        for (JsonNode each : array) {
            JsonFields fields = new JsonFields(each);
            members.add(new Member(new NodeId(fields.text("node")), StoreId.of(fields.text("store"))));
        }
        return members;
    }

    /** The value of the leader's key. */
    public static byte[] encode(Master master) {
        ObjectNode object = JSON.createObjectNode()
                .put("group", master.group().value())
                .put("epoch", master.epoch().value())
                .put("node", master.node())
                .put("link", master.link().toString())
                .put("api", master.api().toString());
        put(object, "replication", master.replication());
        return JSON.writeValueAsBytes(object);
    }

    /** Reads the value of the leader's key; whether somebody holds the key, is another question. */
    public static Master master(Value value) throws DamagedValueException {
        return decode(
                value,
                FAIL_OVER,
                fields -> new Master(
                        new GroupId(fields.text("group")),
                        new Epoch(fields.number("epoch")),
                        fields.text("node"),
                        fields.uri("link"),
                        fields.uri("api"),
                        fields.optionalUri("replication")));
    }

    /** The value of a node's key. */
    public static byte[] encode(NodePresence presence) {
        ObjectNode object = JSON.createObjectNode()
                .put("node", presence.node().value())
                .put("store", presence.store().toString())
                .put("emptyDisk", presence.emptyDisk())
                .put("api", presence.api().toString())
                .put("version", presence.version())
                .put("role", presence.role())
                .put("epoch", presence.epoch().value())
                .put("committed", presence.committed())
                .put("lag", presence.lag())
                .put("formatLevel", presence.formatLevel());
        put(object, "replication", presence.replication());
        object.putObject("last")
                .put("epoch", presence.last().epoch().value())
                .put("seq", presence.last().seq())
                .put("hash", presence.last().hash().toString());
        return JSON.writeValueAsBytes(object);
    }

    /** Reads the value of a node's key. */
    public static NodePresence presence(Value value) throws DamagedValueException {
        return decode(
                value,
                RESTART,
                fields -> new NodePresence(
                        new NodeId(fields.text("node")),
                        StoreId.of(fields.text("store")),
                        fields.flag("emptyDisk"),
                        fields.optionalUri("replication"),
                        fields.uri("api"),
                        fields.text("version"),
                        fields.text("role"),
                        new Epoch(fields.number("epoch")),
                        fields.number("committed"),
                        position(new JsonFields(fields.any("last"))),
                        fields.number("lag"),
                        fields.smallNumber("formatLevel")));
    }

    private static Position position(JsonFields fields) {
        byte[] hash = HexFormat.of().parseHex(fields.text("hash"));
        if (hash.length != ChainHash.BYTES) {
            throw new IllegalArgumentException("field hash has not " + ChainHash.BYTES + " bytes");
        }
        String digits = HexFormat.of().formatHex(hash);
        ChainHash chain =
                new ChainHash(HexFormat.fromHexDigitsToLong(digits, 0, 16),
                        HexFormat.fromHexDigitsToLong(digits, 16, 32));
        return new Position(new Epoch(fields.number("epoch")), fields.number("seq"), chain);
    }

    private static void put(ObjectNode object, String name, @Nullable URI uri) {
        if (uri != null) {
            object.put(name, uri.toString());
        }
    }

    private static <T> T decode(Value value, String fix, Function<JsonFields, T> read) throws DamagedValueException {
        try {
            return read.apply(new JsonFields(JSON.readTree(value.content())));
        } catch (JacksonException e) {
            throw new DamagedValueException(value.key(), "it is no JSON", fix, e);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new DamagedValueException(value.key(), String.valueOf(e.getMessage()), fix, e);
        }
    }
}
