// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.link;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openros.domain.GroupId;
import org.openros.domain.NodeId;
import org.openros.replication.frame.ProbeOutcome;
import org.openros.replication.frame.Sight;

import static org.assertj.core.api.Assertions.assertThat;

class ProbeTest {
    private static final NodeId OTHER = new NodeId("x");

    private TestNode asked;
    private TestNode asking;

    @BeforeEach
    void start() throws IOException {
        asked = new TestNode("m");
        asking = new TestNode("f");
    }

    @AfterEach
    void stop() {
        asking.close();
        asked.close();
    }

    private static ProbeOutcome probe(ReplicationLink link, URI at, NodeId about) throws Exception {
        CompletableFuture<ProbeOutcome> outcome = new CompletableFuture<>();
        link.probe(at, about, outcome::complete);
        return outcome.get(20, TimeUnit.SECONDS);
    }

    @Test
    void liveNodeAnswersForItselfAndAboutAnother() throws Exception {
        assertThat(probe(asking.link, asked.address(), OTHER)).isEqualTo(asked.answer(OTHER));
        assertThat(probe(asking.link, asked.address(), asked.name))
                .isInstanceOfSatisfying(ProbeOutcome.Answered.class, answer ->
                        assertThat(answer.sight()).isEqualTo(Sight.ALIVE));
    }

    @Test
    void deadProcessIsToldFromASilentOne() throws Exception {
        assertThat(probe(asking.link, ReplicationLinkTest.freeAddress(), OTHER)).isEqualTo(new ProbeOutcome.Refused());
        try (ServerSocket silent = new ServerSocket(0)) {
            URI stopped = URI.create("grpc://127.0.0.1:" + silent.getLocalPort());
            long begin = System.nanoTime();
            assertThat(probe(asking.link, stopped, OTHER)).isInstanceOf(ProbeOutcome.Silent.class);
            // Keep-alive alone would take longer.
            assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(8));
        }
    }

    @Test
    void eachProbeHasAConnectionOfItsOwn() throws Exception {
        URI address = asked.address();
        assertThat(probe(asking.link, address, OTHER)).isInstanceOf(ProbeOutcome.Answered.class);
        asked.close();
        assertThat(probe(asking.link, address, OTHER)).isEqualTo(new ProbeOutcome.Refused());
        try (TestNode again = new TestNode("m", address, null)) {
            assertThat(probe(asking.link, address, OTHER)).isEqualTo(again.answer(OTHER));
        }
    }

    @Test
    void nodeOfAnotherGroupGetsNoAnswer() throws Exception {
        LinkSettings other =
                new LinkSettings(new GroupId("b"), new NodeId("f"), URI.create("grpc://127.0.0.1:0"), null);
        try (ReplicationLink stranger = ReplicationLink.start(other, asking)) {
            assertThat(probe(stranger, asked.address(), OTHER))
                    .isInstanceOfSatisfying(ProbeOutcome.Silent.class, silent ->
                            assertThat(silent.message()).contains("this is a node of group a"));
        }
    }

    @Test
    void addressThatIsNoneGetsNoAnswer() throws Exception {
        assertThat(probe(asking.link, URI.create("consul://x"), OTHER)).isInstanceOf(ProbeOutcome.Silent.class);
    }
}
