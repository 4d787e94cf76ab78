// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.group;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openros.cluster.EmbeddedLockService;
import org.openros.cluster.LockService;
import org.openros.cluster.group.GroupJson;
import org.openros.cluster.group.GroupKeys;
import org.openros.cluster.group.GroupRecord;
import org.openros.cluster.group.Member;
import org.openros.domain.Epoch;
import org.openros.domain.GroupId;
import org.openros.domain.Lineage;
import org.openros.domain.NodeId;
import org.openros.domain.StoreId;
import org.openros.domain.log.Position;
import org.openros.replication.NodeSettings;
import org.openros.replication.NodeSettings.WhenBackupLost;
import org.openros.replication.Timing;
import org.openros.replication.frame.NodeReport;
import org.openros.replication.frame.Role;
import org.openros.replication.lock.LockAnswer;
import org.openros.replication.lock.LockRequest;

import static org.assertj.core.api.Assertions.assertThat;

/** What a node writes into the lock service. */
final class LockCallsTest {
    private static final GroupId GROUP = new GroupId("g");
    private static final NodeId NODE = new NodeId("a");
    private static final GroupKeys KEYS = new GroupKeys(GROUP);
    private static final StoreId STORE = StoreId.random();
    private static final URI NOWHERE = URI.create("grpc://127.0.0.1:1");

    private final EmbeddedLockService locks = new EmbeddedLockService();

    @AfterEach
    void close() {
        locks.close();
    }

    private LockCalls calls(NodeId... nodes) {
        NodeSettings settings = new NodeSettings(
                GROUP, NODE, List.of(nodes), 1, 1, Lineage.random(), WhenBackupLost.BLOCK,
                Timing.withLease(Duration.ofSeconds(10)));
        return new LockCalls(
                locks, new GroupReader(KEYS), settings, new NodeAddresses(NOWHERE, NOWHERE, NOWHERE), "test");
    }

    private static LockAnswer answer(LockCalls calls, LockRequest request) throws Exception {
        CompletableFuture<LockAnswer> answer = new CompletableFuture<>();
        calls.ask(request, answer::complete);
        return answer.get(10, TimeUnit.SECONDS);
    }

    private static NodeReport report(long incarnation) {
        return new NodeReport(GROUP, NODE, STORE, incarnation, Role.JOINING, Epoch.NONE, null, Epoch.NONE,
                Position.START, 0, 1);
    }

    private LockAnswer announce(long incarnation, String session) throws Exception {
        return answer(calls(NODE, new NodeId("b")), new LockRequest.Announce(session, report(incarnation)));
    }

    private @Nullable String holderOfName() throws Exception {
        LockService.Value value = locks.get(KEYS.node(NODE));
        return value == null ? null : value.session();
    }

    @Test
    void presenceOfAnotherLivingProcessIsNotOverwritten() throws Exception {
        String first = locks.openSession("first", Duration.ofSeconds(10));
        String second = locks.openSession("second", Duration.ofSeconds(10));
        assertThat(announce(1, first)).isInstanceOf(LockAnswer.Done.class);
        assertThat(announce(2, second))
                .isInstanceOfSatisfying(
                        LockAnswer.Refused.class,
                        refused -> assertThat(refused.toString()).contains("another process", STORE.toString()));
        assertThat(holderOfName()).isEqualTo(first);
        locks.destroySession(first);
        assertThat(announce(2, second)).isInstanceOf(LockAnswer.Done.class);
        assertThat(holderOfName()).isEqualTo(second);
    }

    @Test
    void processTakesItsNameOverFromItsOwnEarlierSession() throws Exception {
        String first = locks.openSession("first", Duration.ofSeconds(10));
        String second = locks.openSession("second", Duration.ofSeconds(10));
        announce(1, first);
        assertThat(announce(1, second)).isInstanceOf(LockAnswer.Done.class);
        assertThat(holderOfName()).isEqualTo(second);
    }

    private LockService.Value record() throws Exception {
        return Objects.requireNonNull(locks.get(KEYS.record()));
    }

    @Test
    void everyChangeOfTheRecordIsANewValue() throws Exception {
        LockCalls calls = calls(NODE, new NodeId("b"));
        GroupRecord record = new GroupRecord(
                GROUP, Lineage.random(), Epoch.NONE, null, Set.of(new Member(NODE, STORE)), 1, "first start");
        answer(calls, new LockRequest.CreateRecord(record));
        LockService.Value created = record();
        String session = locks.openSession("a", Duration.ofSeconds(10));
        answer(calls, new LockRequest.Promote(session, record, created.index()));
        LockService.Value promoted = record();
        answer(calls, new LockRequest.ChangeRecord(session, record, promoted.index()));
        LockService.Value changed = record();
        assertThat(promoted.index()).isGreaterThan(created.index());
        assertThat(changed.index()).isGreaterThan(promoted.index());
        assertThat(GroupJson.record(changed)).isEqualTo(record);
    }

    @Test
    void nodeAlonePublishesNoStatus() throws Exception {
        LockRequest status = new LockRequest.PublishStatus(new Epoch(1), 7);
        assertThat(answer(calls(NODE), status)).isInstanceOf(LockAnswer.Done.class);
        assertThat(locks.get(KEYS.status())).isNull();
        answer(calls(NODE, new NodeId("b")), status);
        assertThat(locks.get(KEYS.status())).isNotNull();
    }
}
