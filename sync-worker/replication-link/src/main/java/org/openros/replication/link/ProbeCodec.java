// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.link;

import org.openros.domain.Epoch;
import org.openros.domain.GroupId;
import org.openros.domain.Lineage;
import org.openros.domain.NodeId;
import org.openros.domain.StoreId;
import org.openros.replication.frame.NodeReport;
import org.openros.replication.frame.ProbeOutcome;
import org.openros.replication.frame.Role;
import org.openros.replication.frame.Sight;
import org.openros.replication.link.wire.ProbeReply;

/** Answers to probes, to the wire and back. */
final class ProbeCodec {
    private ProbeCodec() {}

    static ProbeReply encode(ProbeOutcome.Answered answer) {
        NodeReport report = answer.report();
        ProbeReply.Builder wire = ProbeReply.newBuilder()
                .setGroup(report.group().value())
                .setNode(report.node().value())
                .setStore(PositionCodec.encode(report.store().value()))
                .setIncarnation(report.incarnation())
                .setRole(WireNames.encode(report.role()))
                .setEpoch(report.epoch().value())
                .setPromisedEpoch(report.promised().value())
                .setLast(PositionCodec.encode(report.last()))
                .setCommitSeq(report.commitSeq())
                .setFormatLevel(report.formatLevel())
                .setSight(WireNames.encode(answer.sight()))
                .setCeasedEpoch(answer.ceased().value());
        if (report.lineage() != null) {
            wire.setLineage(PositionCodec.encode(report.lineage().value()));
        }
        return wire.build();
    }

    /**
     * Reads an answer.
     *
     * @throws IllegalArgumentException if it does not make sense
     */
    static ProbeOutcome.Answered decode(ProbeReply wire) {
        NodeReport report = new NodeReport(
                new GroupId(wire.getGroup()),
                new NodeId(wire.getNode()),
                new StoreId(PositionCodec.decode(wire.getStore())),
                wire.getIncarnation(),
                WireNames.decode(wire.getRole(), Role.STARTING),
                new Epoch(wire.getEpoch()),
                wire.hasLineage() ? new Lineage(PositionCodec.decode(wire.getLineage())) : null,
                new Epoch(wire.getPromisedEpoch()),
                PositionCodec.decode(wire.getLast()),
                PositionCodec.seq(wire.getCommitSeq()),
                wire.getFormatLevel());
        return new ProbeOutcome.Answered(
                report, WireNames.decode(wire.getSight(), Sight.UNKNOWN), new Epoch(wire.getCeasedEpoch()));
    }
}
