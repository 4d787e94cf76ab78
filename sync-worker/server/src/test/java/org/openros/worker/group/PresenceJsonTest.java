// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.group;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.openros.cluster.LockService;
import org.openros.cluster.group.GroupJson;
import org.openros.cluster.group.NodePresence;
import org.openros.domain.Epoch;
import org.openros.domain.GroupId;
import org.openros.domain.Lineage;
import org.openros.domain.NodeId;
import org.openros.domain.StoreId;
import org.openros.domain.log.ChainHash;
import org.openros.domain.log.Position;
import org.openros.replication.frame.NodeReport;
import org.openros.replication.frame.Role;

import static org.assertj.core.api.Assertions.assertThat;

/** What a node says of itself in the lock service. */
final class PresenceJsonTest {
    private static final NodeAddresses ADDRESSES = new NodeAddresses(
            URI.create("grpc://h:1"), URI.create("http://h:2"), URI.create("grpc://h:3"));
    private static final NodeReport REPORT = new NodeReport(
            new GroupId("g"), new NodeId("a"), StoreId.random(), -5, Role.SPARE, new Epoch(3), Lineage.random(),
            new Epoch(4), new Position(new Epoch(3), 17, new ChainHash(-1, 0x0123456789abcdefL)), 16, 1);

    @Test
    void otherNodesReadAllOfIt() {
        PresenceJson.Presence read = PresenceJson.decode(PresenceJson.encode(REPORT, ADDRESSES, "1.0"));
        assertThat(read.report()).isEqualTo(REPORT);
        assertThat(read.replication()).isEqualTo(ADDRESSES.replication());
    }

    @Test
    void newDiskHasNoLineage() {
        NodeReport fresh = new NodeReport(
                REPORT.group(), REPORT.node(), REPORT.store(), 5, Role.STARTING, Epoch.NONE, null, Epoch.NONE,
                Position.START, 0, 1);
        assertThat(PresenceJson.decode(PresenceJson.encode(fresh, ADDRESSES, "1.0")).report()).isEqualTo(fresh);
    }

    @Test
    void toolsForPeopleReadWhatTheyNeed() throws Exception {
        byte[] content = PresenceJson.encode(REPORT, ADDRESSES, "1.0");
        NodePresence presence = GroupJson.presence(new LockService.Value("groups/g/nodes/a", content, 1, "s"));
        assertThat(presence.role()).isEqualTo("spare");
        assertThat(presence.api()).isEqualTo(ADDRESSES.api());
        assertThat(presence.last()).isEqualTo(REPORT.last());
        assertThat(presence.committed()).isEqualTo(16);
    }
}
