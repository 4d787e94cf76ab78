// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.group;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openros.cluster.DamagedValueException;
import org.openros.cluster.LockService;
import org.openros.cluster.LockService.Operation;
import org.openros.cluster.LockServiceException;
import org.openros.cluster.Master;
import org.openros.cluster.group.GroupJson;
import org.openros.cluster.group.GroupKeys;
import org.openros.cluster.group.GroupRecord;
import org.openros.domain.NodeId;
import org.openros.replication.NodeSettings;
import org.openros.replication.frame.NodeReport;
import org.openros.replication.lock.LockAnswer;
import org.openros.replication.lock.LockRequest;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Carries the machine's requests to the lock service, each on a thread of its own, so that none waits behind another.
 * Thread-safe.
 */
final class LockCalls implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final LockService locks;
    private final GroupKeys keys;
    private final GroupReader reader;
    private final NodeId node;
    private final boolean alone;
    private final NodeAddresses addresses;
    private final String version;
    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("group-lock-", 0).factory());
    private volatile byte @Nullable [] leaderValue;
    private volatile @Nullable Lease lease;

    LockCalls(LockService locks, GroupReader reader, NodeSettings settings, NodeAddresses addresses, String version) {
        this.locks = locks;
        this.keys = new GroupKeys(settings.group());
        this.reader = reader;
        this.node = settings.node();
        this.alone = settings.isAlone();
        this.addresses = addresses;
        this.version = version;
    }

    /** The session as it was renewed last; null if there is none. */
    @Nullable Lease lease() {
        return lease;
    }

    /** Answers exactly once, on another thread. */
    void ask(LockRequest request, Consumer<LockAnswer> answer) {
        try {
            threads.execute(() -> answer.accept(carryOut(request)));
        } catch (RejectedExecutionException e) {
            answer.accept(new LockAnswer.Failed(false, "the node stops"));
        }
    }

    private LockAnswer carryOut(LockRequest request) {
        long start = System.nanoTime();
        try {
            return tryOut(request, start);
        } catch (LockServiceException e) {
            return new LockAnswer.Failed(e.isOutcomeUnknown(), String.valueOf(e.getMessage()));
        } catch (DamagedValueException e) {
            return new LockAnswer.Failed(false, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            return new LockAnswer.Failed(true, "the lock service failed: " + e);
        }
    }

    private LockAnswer tryOut(LockRequest request, long start) throws LockServiceException, DamagedValueException {
        return switch (request) {
            case LockRequest.OpenSession open -> open(open, start);
            case LockRequest.RenewSession renew -> renew(renew.session(), start);
            case LockRequest.DestroySession destroy -> destroy(destroy.session());
            case LockRequest.ReadGroup read -> new LockAnswer.Read(reader.read(locks.list(keys.prefix())));
            case LockRequest.CreateRecord create ->
                transact(setRecord(create.record(), 0));
            case LockRequest.Promote promote -> promote(promote);
            case LockRequest.ChangeRecord change ->
                transact(
                        new Operation.CheckHolder(keys.leader(), change.session()),
                        setRecord(change.record(), change.recordIndex()));
            case LockRequest.ReplaceRecord replace ->
                transact(
                        setRecord(replace.record(), replace.recordIndex()),
                        new Operation.CompareAndSet(
                                keys.orders(), GroupReader.encode(replace.orders()), replace.ordersIndex()));
            case LockRequest.ChangeOrders change ->
                transact(new Operation.CompareAndSet(
                        keys.orders(), GroupReader.encode(change.orders()), change.ordersIndex()));
            case LockRequest.Unlock unlock -> unlock(unlock.session());
            case LockRequest.Announce announce -> announce(announce);
            case LockRequest.PublishStatus status -> publish(status);
        };
    }

    /** A node alone needs no floor for alarms, and its lock service may flush every value. */
    private LockAnswer publish(LockRequest.PublishStatus status) throws LockServiceException {
        return alone
                ? new LockAnswer.Done(0)
                : transact(new Operation.Put(keys.status(), JSON.writeValueAsBytes(JsonNodeFactory.instance.objectNode()
                        .put("epoch", status.epoch().value())
                        .put("committed", status.commitSeq()))));
    }

    private LockAnswer open(LockRequest.OpenSession open, long start) throws LockServiceException {
        String session = locks.openSession(keys.prefix() + node, open.ttl());
        lease = new Lease(session, start);
        return new LockAnswer.Opened(session);
    }

    private LockAnswer renew(String session, long start) throws LockServiceException {
        if (!locks.renewSession(session)) {
            return new LockAnswer.Refused("the session has ended");
        }
        lease = new Lease(session, start);
        return new LockAnswer.Done(0);
    }

    private LockAnswer destroy(String session) throws LockServiceException {
        locks.destroySession(session);
        Lease held = lease;
        if (held != null && held.session().equals(session)) {
            lease = null;
        }
        return new LockAnswer.Done(0);
    }

    private LockAnswer promote(LockRequest.Promote promote) throws LockServiceException {
        GroupRecord record = promote.record();
        byte[] leader = GroupJson.encode(new Master(
                record.group(), record.epoch(), node.value(), addresses.link(), addresses.api(),
                addresses.replication()));
        leaderValue = leader;
        return transact(
                new Operation.Lock(keys.leader(), leader, promote.session()),
                setRecord(record, promote.recordIndex()),
                new Operation.Put(keys.history(record.epoch()), history(record)));
    }

    private byte[] history(GroupRecord record) {
        ObjectNode object = JsonNodeFactory.instance.objectNode()
                .put("node", node.value())
                .put("at", Instant.now().toString())
                .put("reason", record.reason());
        return JSON.writeValueAsBytes(object);
    }

    /**
     * The content names the index that it takes the place of, so that it is never equal to what is there: a lock
     * service may leave the index of a value alone that does not change, and then the change would not count (rule 10).
     */
    private Operation setRecord(GroupRecord record, long index) {
        ObjectNode content = (ObjectNode) JSON.readTree(GroupJson.encode(record));
        return new Operation.CompareAndSet(
                keys.record(), JSON.writeValueAsBytes(content.put("replaces", index)), index);
    }

    private LockAnswer unlock(String session) throws LockServiceException {
        byte[] value = leaderValue;
        if (value == null) {
            LockService.Value found = locks.get(keys.leader());
            value = found == null ? new byte[0] : found.content();
        }
        return transact(new Operation.Unlock(keys.leader(), value, session));
    }

    private LockAnswer announce(LockRequest.Announce announce) throws LockServiceException {
        String other = otherProcess(announce);
        if (other != null) {
            return new LockAnswer.Refused(other);
        }
        try {
            locks.putWhileAlive(
                    keys.node(node), PresenceJson.encode(announce.report(), addresses, version), announce.session());
            return new LockAnswer.Done(0);
        } catch (LockServiceException e) {
            if (e.isOutcomeUnknown()) {
                throw e;
            }
            return new LockAnswer.Refused(Objects.requireNonNullElse(e.getMessage(), "not written"));
        }
    }

    /** What another process says under this node's name while its session lives; it must not be overwritten. */
    private @Nullable String otherProcess(LockRequest.Announce announce) throws LockServiceException {
        LockService.Value found = locks.get(keys.node(node));
        if (found == null || found.session() == null || found.session().equals(announce.session())) {
            return null;
        }
        try {
            NodeReport report = PresenceJson.decode(found.content()).report();
            return report.incarnation() == announce.report().incarnation()
                    ? null
                    : "another process with store " + report.store() + " has announced itself as node " + node;
        } catch (RuntimeException e) {
            // Nobody can use it: this node's own takes its place.
            return null;
        }
    }

    private LockAnswer transact(Operation... operations) throws LockServiceException {
        return switch (locks.transact(List.of(operations))) {
            case LockService.Outcome.Done(long index) -> new LockAnswer.Done(index);
            case LockService.Outcome.Refused(Operation operation, String reason) -> new LockAnswer.Refused(reason);
        };
    }

    /** Lets calls end that are under way; answers to later ones say that the node stops. */
    @Override
    public void close() {
        threads.shutdown();
    }
}
