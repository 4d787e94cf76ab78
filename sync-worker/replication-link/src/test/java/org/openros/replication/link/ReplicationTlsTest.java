// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.link;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openros.domain.NodeId;
import org.openros.replication.Event;
import org.openros.replication.frame.ConnectionId;
import org.openros.replication.frame.Frame;
import org.openros.replication.frame.ProbeOutcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

class ReplicationTlsTest {
    @TempDir
    private Path folder;

    private Certificates authority;

    @BeforeEach
    void makeAuthority() throws Exception {
        authority = Certificates.in(folder.resolve("a"));
    }

    @Test
    void nodesOfOneAuthorityTalk() throws Exception {
        try (TestNode master = new TestNode("m", authority.node("m", "127.0.0.1"));
                TestNode follower = new TestNode("f", authority.node("f", "127.0.0.1"))) {
            ConnectionId connection = follower.follow(master.address());
            Frame heartbeat = new Frame.Heartbeat(TestNode.EPOCH, 0, 1);
            master.awaitHeard(new TestNode.Came(connection, follower.hello(connection)));
            master.link.send(connection, heartbeat);
            follower.awaitHeard(new TestNode.Came(connection, heartbeat));

            FolderCheckpoint checkpoint = FolderCheckpoint.of(folder.resolve("from"), 1, 100_000);
            master.checkpoints = (node, epoch) -> checkpoint;
            CheckpointOrder order = new CheckpointOrder(master.address(), TestNode.EPOCH, folder.resolve("into"));
            follower.link.fetch(order, (done, total) -> {}).done().get(20, TimeUnit.SECONDS);
            assertThat(checkpoint.isEqualTo(order.into())).isTrue();
            assertThat(probe(follower, master.address())).isInstanceOf(ProbeOutcome.Answered.class);
        }
    }

    @Test
    void nodeOfAnotherAuthorityIsRefused() throws Exception {
        Certificates other = Certificates.in(folder.resolve("b"));
        ReplicationTls theirs = other.node("f", "127.0.0.1");
        ReplicationTls ours = authority.node("m", "127.0.0.1");
        assertRefused(ours, theirs);
        assertRefused(ours, new ReplicationTls(theirs.certificate(), theirs.privateKey(), ours.authority()));
    }

    @Test
    void nodeWithoutCertificateIsRefused() throws Exception {
        assertRefused(authority.node("m", "127.0.0.1"), null);
        assertRefused(null, authority.node("f", "127.0.0.1"));
    }

    @Test
    void certificateHasToNameTheDialledAddress() throws Exception {
        assertRefused(authority.node("m", "192.0.2.1"), authority.node("f", "127.0.0.1"));
    }

    private static void assertRefused(@Nullable ReplicationTls dialled, @Nullable ReplicationTls dialler)
            throws Exception {
        try (TestNode master = new TestNode("m", dialled);
                TestNode follower = new TestNode("f", dialler)) {
            ConnectionId connection = follower.dial(master.address());
            follower.awaitHeard(new TestNode.Ended(connection, Event.Cause.RESET));
            assertThat(follower.heard).hasSize(1);
            assertThat(master.heard).isEmpty();
            assertThat(probe(follower, master.address())).isInstanceOf(ProbeOutcome.Silent.class);
        }
    }

    private static ProbeOutcome probe(TestNode asking, URI at) throws Exception {
        CompletableFuture<ProbeOutcome> outcome = new CompletableFuture<>();
        asking.link.probe(at, new NodeId("x"), outcome::complete);
        return outcome.get(20, TimeUnit.SECONDS);
    }

    @Test
    void missingFilesAreToldAtTheStart() {
        ReplicationTls missing = new ReplicationTls(folder.resolve("x"), folder.resolve("y"), folder.resolve("z"));
        assertThatIOException().isThrownBy(() -> start(missing)).withMessageContaining(folder.resolve("x").toString());
    }

    private static void start(ReplicationTls tls) throws IOException {
        try (TestNode node = new TestNode("m", tls)) {
            assertThat(node.heard).isEmpty();
        }
    }
}
