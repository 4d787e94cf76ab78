// SPDX-License-Identifier: Apache-2.0
package org.openros.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.openros.cluster.group.GroupRecord;
import org.openros.replication.lock.GroupSnapshot;
import org.openros.replication.lock.LockAnswer;
import org.openros.replication.lock.LockRequest;

/**
 * The lock service as the nodes reach it: requests and answers take time, are late, or get lost; a request that was
 * given up may still be carried out. Watches report in order and may skip.
 */
final class LockModel {
    private static final long TIMEOUT = 2 * Agenda.SECOND;
    private static final long LATEST = 5 * Agenda.SECOND;
    private static final long BACKUP_EVERY = 3 * Agenda.SECOND;
    private static final int BACKUPS = 10;

    /** How the service is. */
    enum Health {
        WELL,
        /** Some answers and requests get lost or are late. */
        FLAKY,
        /** It has no leader: each request fails, and nobody can say whether it was carried out. */
        LEADERLESS,
        /** Nobody listens. */
        DOWN
    }

    private final World world;
    LockStore store;
    private Health health = Health.WELL;
    private final Map<String, Long> reportedAt = new HashMap<>();
    private final List<LockStore> backups = new ArrayList<>();
    /** Records that may be written yet by requests under way. */
    private final List<GroupRecord> underWay = new ArrayList<>();

    LockModel(World world) {
        this.world = world;
        store = new LockStore(world);
    }

    void begin() {
        expire();
        backUp();
    }

    private void expire() {
        world.agenda.later(Agenda.SECOND / 2, () -> {
            if ((health == Health.WELL || health == Health.FLAKY) && store.expire()) {
                publish();
            }
            expire();
        });
    }

    private void backUp() {
        world.agenda.later(BACKUP_EVERY, () -> {
            backups.add(store.copy());
            if (backups.size() > BACKUPS) {
                backups.removeFirst();
            }
            backUp();
        });
    }

    Health health() {
        return health;
    }

    void become(Health changed) {
        boolean comesBack = health == Health.DOWN || health == Health.LEADERLESS;
        health = changed;
        if (comesBack) {
            store.renewAll();
            publish();
        }
    }

    /** Nothing is there any more. */
    void wipe() {
        store = new LockStore(world);
        store.index = 1;
        publish();
    }

    /** Puts the newest backup back whose record is like that; false if there is none. */
    boolean restore(Predicate<GroupRecord> like) {
        for (LockStore backup : backups.reversed()) {
            if (backup.record != null && like.test(backup.record)) {
                long index = store.index;
                store = backup.copy();
                store.index = index + 1;
                store.renewAll();
                publish();
                return true;
            }
        }
        return false;
    }

    /** Every record that counts, or may in a moment. */
    List<GroupRecord> possibleRecords() {
        List<GroupRecord> all = new ArrayList<>(underWay);
        if (store.record != null) {
            all.add(store.record);
        }
        return all;
    }

    void ask(NodeProcess node, LockRequest request, Consumer<LockAnswer> answer) {
        String name = node.name().value();
        boolean lost = world.network.way(name, Network.LOCK) != Network.Way.OPEN;
        boolean flaky = health == Health.FLAKY;
        if (health == Health.DOWN) {
            world.agenda.later(world.network.delay(),
                    () -> answer.accept(new LockAnswer.Failed(false, "connection refused")));
        } else if (lost || (flaky && world.random.nextInt(20) == 0)) {
            later(TIMEOUT, answer, new LockAnswer.Failed(true, "no answer within 2 s"));
        } else {
            boolean late = flaky && world.random.nextInt(10) == 0;
            long delay = late ? world.random.nextLong(LATEST)
                    : world.network.delay() + world.random.nextLong(2 * Agenda.MILLISECOND);
            travel(node, request, delay, answer);
        }
    }

    private void later(long nanos, Consumer<LockAnswer> answer, LockAnswer what) {
        world.agenda.later(nanos, () -> answer.accept(what));
    }

    private void travel(NodeProcess node, LockRequest request, long delay, Consumer<LockAnswer> answer) {
        @Nullable GroupRecord proposal = recordOf(request);
        if (proposal != null) {
            underWay.add(proposal);
        }
        if (delay > TIMEOUT) {
            later(TIMEOUT, answer, new LockAnswer.Failed(true, "no answer within 2 s"));
        }
        world.agenda.later(delay, () -> {
            if (proposal != null) {
                underWay.remove(proposal);
            }
            arrive(node, request, delay > TIMEOUT ? ignored -> { } : answer);
        });
    }

    private static @Nullable GroupRecord recordOf(LockRequest request) {
        return switch (request) {
            case LockRequest.ChangeRecord change -> change.record();
            case LockRequest.Promote promote -> promote.record();
            default -> null;
        };
    }

    private void arrive(NodeProcess node, LockRequest request, Consumer<LockAnswer> answer) {
        boolean carriedOut = health == Health.WELL || health == Health.FLAKY
                || (health == Health.LEADERLESS && world.random.nextBoolean());
        LockAnswer result = carriedOut ? carryOut(node, request)
                : new LockAnswer.Failed(health != Health.DOWN, "no leader");
        boolean lost = world.network.way(Network.LOCK, node.name().value()) != Network.Way.OPEN
                || (health == Health.FLAKY && world.random.nextInt(20) == 0);
        if (lost) {
            later(TIMEOUT, answer, new LockAnswer.Failed(true, "no answer within 2 s"));
        } else {
            later(world.network.delay(), answer,
                    health == Health.LEADERLESS ? new LockAnswer.Failed(true, "500 no leader") : result);
        }
    }

    private LockAnswer carryOut(NodeProcess node, LockRequest request) {
        long before = store.index;
        LockAnswer result = store.answer(node.name(), request);
        if (!(request instanceof LockRequest.PublishStatus || request instanceof LockRequest.RenewSession
                || request instanceof LockRequest.ReadGroup || request instanceof LockRequest.Announce)) {
            world.recorder.say("lock", () -> request + " -> " + result + " now " + describe());
        }
        if (store.index > before && !(request instanceof LockRequest.PublishStatus)) {
            publish();
        }
        return result;
    }

    private String describe() {
        GroupRecord record = store.record;
        return (record == null ? "no record"
                : "index " + store.recordIndex + " epoch " + record.epoch() + " members " + record.nodes())
                + ", held by " + (store.leader == null ? null : store.leader.session());
    }

    /** Reports what there is now to everybody who can be reached, each in order. */
    void publish() {
        GroupSnapshot snapshot = store.snapshot();
        world.nodes().forEach(host -> report(host.name().value(), () -> {
            if (host.process != null) {
                host.process.seen(snapshot);
            }
        }));
        world.gateways.forEach(gateway -> report(gateway.name(), () -> gateway.seen(snapshot)));
    }

    private void report(String watcher, Runnable seen) {
        long usual = 200_000 + world.random.nextLong(5 * Agenda.MILLISECOND);
        long delay = world.random.nextInt(100) == 0 ? world.random.nextLong(Agenda.SECOND) : usual;
        long at = Math.max(reportedAt.getOrDefault(watcher, 0L), world.agenda.now() + delay);
        reportedAt.put(watcher, at);
        world.agenda.at(at, () -> {
            if (health != Health.DOWN && world.network.way(Network.LOCK, watcher) == Network.Way.OPEN) {
                seen.run();
            }
        });
    }
}
