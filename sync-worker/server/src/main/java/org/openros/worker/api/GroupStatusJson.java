// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.api;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.openros.cluster.Master;
import org.openros.cluster.group.GroupRecord;
import org.openros.cluster.group.Member;
import org.openros.domain.NodeId;
import org.openros.domain.log.Position;
import org.openros.replication.Status;
import org.openros.replication.Status.FollowerStatus;
import org.openros.replication.frame.NodeReport;
import org.openros.replication.operator.Alarm;
import org.openros.worker.group.GroupNode;
import org.openros.worker.group.Surroundings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A node's view of its group, for operators. Entries are named by their number in the group's log. */
final class GroupStatusJson {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private GroupStatusJson() {}

    static JsonNode of(GroupNode node) {
        Status status = node.status();
        NodeReport report = status.report();
        ObjectNode json = JsonNodeFactory.instance.objectNode()
                .put("group", report.group().value())
                .put("node", report.node().value())
                .put("store", report.store().toString())
                .put("role", report.role().name().toLowerCase(Locale.ROOT))
                .put("epoch", report.epoch().value())
                .put("promised", report.promised().value())
                .put("lineage", report.lineage() == null ? null : report.lineage().toString())
                .put("inStep", status.inStep())
                .put("paused", status.paused())
                .put("whyNotServing", fault(node, status))
                .put("master", status.master() == null ? null : status.master().value())
                .put("committed", status.commitSeq())
                .put("lag", Math.max(0, status.commitSeq() - report.last().seq()))
                .put("formatLevel", report.formatLevel());
        json.set("last", position(status.last()));
        json.set("applied", position(node.applied()));
        names(json.putArray("required"), status.required());
        followers(json.putArray("followers"), status.followers());
        alarms(json.putArray("alarms"), status.alarms());
        Surroundings around = node.surroundings();
        if (around != null) {
            addSurroundings(json, around);
        }
        return json.put("version", node.version());
    }

    private static @Nullable String fault(GroupNode node, Status status) {
        return node.fault() == null ? status.notServing() : "an internal error, see the log: restart this worker";
    }

    private static ObjectNode position(Position position) {
        return JsonNodeFactory.instance.objectNode()
                .put("epoch", position.epoch().value())
                .put("seq", position.seq())
                .put("hash", position.hash().toString());
    }

    private static void names(ArrayNode array, List<NodeId> nodes) {
        nodes.forEach(node -> array.add(node.value()));
    }

    private static void followers(ArrayNode array, List<FollowerStatus> followers) {
        for (FollowerStatus follower : followers) {
            array.addObject()
                    .put("node", follower.member().node().value())
                    .put("store", follower.member().store().toString())
                    .put("inStep", follower.inStep())
                    .put("acked", follower.ackedSeq())
                    .put("lag", follower.lag());
        }
    }

    private static void alarms(ArrayNode array, List<Alarm> alarms) {
        for (Alarm alarm : alarms) {
            array.addObject()
                    .put("kind", alarm.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .put("message", alarm.message());
        }
    }

    private static void addSurroundings(ObjectNode json, Surroundings around) {
        json.putObject("addresses")
                .put("link", around.addresses().link().toString())
                .put("api", around.addresses().api().toString())
                .put("replication", around.addresses().replication().toString());
        Master master = around.master();
        if (master != null) {
            json.putObject("lock")
                    .put("node", master.node())
                    .put("epoch", master.epoch().value())
                    .put("link", master.link().toString())
                    .put("api", master.api().toString());
        }
        GroupRecord record = around.record();
        if (record != null) {
            addRecord(json.putObject("record"), record);
        }
        var lease = around.lease();
        if (lease != null) {
            json.putObject("session")
                    .put("id", lease.session())
                    .put("renewedMillisAgo", (System.nanoTime() - lease.renewedNanos()) / NANOS_PER_MILLI);
        }
    }

    private static void addRecord(ObjectNode json, GroupRecord record) {
        json.put("lineage", record.lineage().toString())
                .put("epoch", record.epoch().value())
                .put("master", record.master() == null ? null : record.master().value())
                .put("formatLevel", record.formatLevel())
                .put("reason", record.reason());
        ArrayNode members = json.putArray("members");
        for (Member member : record.members()) {
            members.addObject()
                    .put("node", member.node().value())
                    .put("store", member.store().toString());
        }
    }
}
