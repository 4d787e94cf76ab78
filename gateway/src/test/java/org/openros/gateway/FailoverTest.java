// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway;

import io.grpc.Status;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openros.domain.GroupId;
import org.openros.gateway.FakeWorker.Reception;
import org.openros.link.SessionLink;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Sessions while masters come and go (group protocol, flows and fault F15). */
class FailoverTest {
    private static final int MAX_HELD = 3;
    private static final String BIND = "bind 1 5 0 1 0\n\"foo\"";
    private static final String TRY_AGAIN = "json_error 200 ";
    private static final String COME_BACK_AT_ONCE = "json_error 229 ";
    private static Surroundings around;
    private static int groups;

    private FakeWorker old;
    private FakeWorker next;
    private GroupId group;

    @BeforeAll
    static void start() throws IOException {
        around = Surroundings.start(
                Map.of("ros.sync.settled", "0s", "ros.sync.max-held", Integer.toString(MAX_HELD)));
    }

    @AfterAll
    static void stop() {
        around.close();
    }

    /** Each test has a group of its own, because epochs never fall. */
    @BeforeEach
    void electTheOldMaster() throws IOException {
        around.reset();
        old = new FakeWorker("inprocess:" + UUID.randomUUID());
        next = new FakeWorker("inprocess:" + UUID.randomUUID());
        groups++;
        group = new GroupId("group-" + groups);
        String name = group.toString();
        around.core.realms = question -> Mono.just(FakeCore.openedIn(name, question));
        around.election.lead(group, 5, old);
    }

    @AfterEach
    void closeWorkers() {
        old.close();
        next.close();
    }

    private static RawClient connect() throws IOException {
        return RawClient.connected(around.port());
    }

    private static String bind(int session) {
        return "bind " + session + " 5 0 1 0\n\"foo\"";
    }

    @Test
    void theWorkerIsToldWhichMasterItIsTakenFor() throws IOException {
        try (RawClient client = connect()) {
            client.send(BIND);
            assertThat(old.stream(1).headers.get(SessionLink.MASTER_EPOCH)).isEqualTo("5");
        }
    }

    @Test
    void aHigherEpochEndsTheStreamsToTheOldMasterAndTheSocketStays() throws IOException {
        try (RawClient client = connect()) {
            client.send(BIND);
            FakeWorker.Stream stale = old.stream(1);
            around.election.lead(group, 6, next);
            assertThat(client.message()).startsWith(COME_BACK_AT_ONCE)
                    .contains("\"backoffIntervalSec\":0", "\"tryAgain\":true", "Transient");
            await().until(() -> stale.cancelled);
            client.send("unbind 1\n");
            client.send(BIND);
            next.stream(1).send("ident 1 2 77\n");
            assertThat(client.message()).isEqualTo("ident 1 2 77\n");
            assertThat(next.stream(1).headers.get(SessionLink.MASTER_EPOCH)).isEqualTo("6");
        }
    }

    @Test
    void sessionsOfOtherGroupsOnTheSameSocketLiveOn() throws IOException {
        try (RawClient client = connect()) {
            client.send(BIND);
            old.stream(1);
            around.core.realms = FakeCore::openRealm;
            client.send(bind(2));
            FakeWorker.Stream other = around.worker.stream(2);
            around.election.lead(group, 6, next);
            assertThat(client.message()).startsWith(COME_BACK_AT_ONCE).contains(" 1\n{");
            other.send("ident 2 2 77\n");
            assertThat(client.message()).isEqualTo("ident 2 2 77\n");
            client.send("mark 2 1\n");
            other.awaitMessage("mark 2 1\n");
        }
    }

    @Test
    void nothingOfAnOvertakenMasterReachesTheClient() throws IOException {
        try (RawClient client = connect()) {
            client.send(BIND);
            FakeWorker.Stream stale = old.stream(1);
            around.election.lead(group, 6, next);
            assertThat(client.message()).startsWith(COME_BACK_AT_ONCE);
            stale.send("error 208 0 0 1\n");
            client.send("ping 3 0\n");
            assertThat(client.message()).isEqualTo("pong 3\n");
        }
    }

    @Test
    void anUnbindThatTheOldMasterOwesIsAnsweredByTheGateway() throws IOException {
        try (RawClient client = connect()) {
            client.send(BIND);
            FakeWorker.Stream stale = old.stream(1);
            client.send("unbind 1\n");
            stale.awaitMessage("unbind 1\n");
            around.election.lead(group, 6, next);
            assertThat(client.message()).isEqualTo("unbound 1\n");
        }
    }

    @Test
    void aGatewayPinnedToTheOldMasterIsToldWhereToGoAndTheClientNoticesNothing() throws IOException {
        old.refuseInFavourOf(6, next);
        try (RawClient client = connect()) {
            client.send(BIND.replace(" 1 0\n", " 0 0\n"));
            client.send("ident 1 2 77 0 0 0 0\n");
            next.stream(1).awaitMessage("ident 1 2 77 0 0 0 0\n");
            next.stream(1).send("mark 1 1\n");
            assertThat(client.message()).isEqualTo("mark 1 1\n");
            client.send(bind(2));
            next.stream(2);
        }
        assertThat(old.declined).hasSize(1);
        assertThat(next.streams).allMatch(stream -> "6".equals(stream.headers.get(SessionLink.MASTER_EPOCH)));
    }

    @Test
    void whatAWorkerNamesEndsTheStreamsOfOtherSessionsToo() throws IOException {
        try (RawClient client = connect()) {
            client.send(BIND);
            old.stream(1);
            old.refuseInFavourOf(6, next);
            client.send(bind(2));
            assertThat(client.message()).startsWith(COME_BACK_AT_ONCE).contains(" 1\n{");
            next.stream(2);
        }
    }

    @Test
    void aMasterOfALowerEpochIsNeverUsedWhoeverNamesIt() throws IOException {
        around.election.lead(group, 6, next);
        around.election.say(group, 5, old);
        next.refuseInFavourOf(5, old);
        try (RawClient client = connect()) {
            client.send(BIND);
            await().until(() -> next.declined.size() > 2);
            next.reset();
            next.stream(1);
        }
        assertThat(old.streams).isEmpty();
        assertThat(old.declined).isEmpty();
    }

    @Test
    void theLockServiceDoesNotTakeBackWhatAWorkerHasNamed() throws IOException {
        old.refuseInFavourOf(7, next);
        try (RawClient client = connect()) {
            client.send(BIND);
            next.stream(1);
            around.election.vacate(group, 5, old);
            around.election.lead(group, 6, old);
            client.send(bind(2));
            next.stream(2);
        }
    }

    @Test
    void aWorkerThatDoesNotKnowTheMasterIsAskedAgainUntilItIsTheMaster() throws IOException {
        old.reception = Reception.REFUSE;
        try (RawClient client = connect()) {
            client.send(BIND);
            await().until(() -> old.declined.size() > 2);
            old.reception = Reception.TAKE;
            old.stream(1).send("ident 1 2 77\n");
            assertThat(client.message()).isEqualTo("ident 1 2 77\n");
        }
    }

    @ParameterizedTest
    @EnumSource(value = Reception.class, names = {"REFUSE", "IGNORE"})
    void aBindGoesOnWhenTheNextMasterIsElected(Reception meanwhile) throws IOException {
        old.reception = meanwhile;
        try (RawClient client = connect()) {
            client.send(BIND);
            await().until(() -> !old.declined.isEmpty());
            around.election.lead(group, 6, next);
            next.stream(1).send("ident 1 2 77\n");
            assertThat(client.message()).isEqualTo("ident 1 2 77\n");
            if (meanwhile == Reception.IGNORE) {
                await().until(() -> old.declined.getFirst().cancelled);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(value = Reception.class, names = {"REFUSE", "IGNORE"})
    void aBindThatNoMasterTakesIsTriedAgainByTheClient(Reception always) throws IOException {
        try (Surroundings impatient = Surroundings.start(Map.of("ros.sync.master-timeout", "300ms"));
                RawClient client = RawClient.connected(impatient.port())) {
            impatient.worker.reception = always;
            client.send(BIND);
            assertThat(client.message()).startsWith(TRY_AGAIN);
        }
    }

    @Test
    void aDeadMasterCostsATryAgainAndTheNextBindIsHeldUntilThereIsAnother() throws IOException {
        try (RawClient client = connect()) {
            client.send(BIND);
            old.stream(1).end(Status.UNAVAILABLE);
            old.close();
            assertThat(client.message()).startsWith(COME_BACK_AT_ONCE);
            client.send("unbind 1\n");
            client.send(BIND);
            client.send("ping 3 0\n");
            assertThat(client.message()).isEqualTo("pong 3\n");
            around.election.lead(group, 6, next);
            next.stream(1).send("ident 1 2 77\n");
            assertThat(client.message()).isEqualTo("ident 1 2 77\n");
        }
    }

    @Test
    void notMoreBindsAreHeldThanAllowed() throws IOException {
        around.election.vacate(group, 5, old);
        List<RawClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < MAX_HELD; i++) {
                RawClient client = connect();
                clients.add(client);
                client.send(BIND);
            }
            await().until(() -> around.core.questions.size() == 2 * MAX_HELD);
            RawClient client = connect();
            clients.add(client);
            client.send(BIND);
            assertThat(client.message()).startsWith(TRY_AGAIN).contains("too many sessions wait");
            around.election.lead(group, 6, next);
            await().until(() -> next.streams.size() == MAX_HELD);
            client.send("unbind 1\n");
            client.send(BIND);
            await().until(() -> next.streams.size() == MAX_HELD + 1);
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
    }

    @Test
    void heldSessionsOfClientsThatGoAwayTakeNoRoom() throws IOException {
        around.election.vacate(group, 5, old);
        for (int i = 1; i <= 2 * MAX_HELD; i++) {
            RawClient client = connect();
            client.send(BIND);
            int questions = 2 * i;
            await().until(() -> around.core.questions.size() == questions);
            client.send("unbind 1\n");
            assertThat(client.message()).isEqualTo("unbound 1\n");
            client.reset();
        }
    }
}
