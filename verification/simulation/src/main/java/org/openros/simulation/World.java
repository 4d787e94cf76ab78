// SPDX-License-Identifier: Apache-2.0
package org.openros.simulation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.openros.domain.GroupId;
import org.openros.domain.Lineage;
import org.openros.domain.NodeId;
import org.openros.replication.NodeSettings.WhenBackupLost;
import org.openros.replication.Status;
import org.openros.replication.Timing;

/** Everything there is in one run. */
final class World {
    static final GroupId GROUP = new GroupId("default");
    static final Lineage LINEAGE = Lineage.of("00000000-0000-0000-0000-000000000001");
    static final Timing TIMING = Timing.DEFAULT;
    private static final List<String> REALMS = List.of("/a", "/b");
    private static final int CLIENTS = 4;

    final Agenda agenda = new Agenda();
    final SplittableRandom random;
    final Recorder recorder;
    final Network network;
    final LockModel lock;
    final Invariants invariants;
    final Mischief mischief;
    final List<NodeId> names;
    private final Map<NodeId, Host> hosts = new LinkedHashMap<>();
    final List<Gateway> gateways = new ArrayList<>();
    final List<Client> clients = new ArrayList<>();
    private final @Nullable Mutation mutation;

    WhenBackupLost policy;
    /** Whether clients write. */
    boolean writing;
    /** Whether the lock service lost something: what it publishes says nothing from then on. */
    boolean lockTampered;

    long stores;
    long incarnations;

    World(long seed, @Nullable Mutation mutation, boolean telling) {
        random = new SplittableRandom(seed);
        this.mutation = mutation;
        recorder = new Recorder(agenda, telling);
        network = new Network(random.split());
        lock = new LockModel(this);
        invariants = new Invariants(this);
        mischief = new Mischief(this);
        names = (random.nextInt(10) == 0 ? List.of("a", "b") : List.of("a", "b", "c")).stream().map(NodeId::new)
                .toList();
        policy = random.nextInt(3) == 0 ? WhenBackupLost.SOLO : WhenBackupLost.BLOCK;
        names.forEach(name -> hosts.put(name, new Host(this, name)));
        gateways.add(new Gateway(this, "gateway1"));
        gateways.add(new Gateway(this, "gateway2"));
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(new Client(this, "client" + i, i == 0 ? REALMS : List.of(REALMS.get(i % REALMS.size()))));
        }
    }

    boolean has(Mutation asked) {
        return mutation == asked;
    }

    static List<String> realms() {
        return REALMS;
    }

    Collection<Host> nodes() {
        return hosts.values();
    }

    Host host(NodeId name) {
        Host host = hosts.get(name);
        if (host == null) {
            throw new IllegalArgumentException("no node " + name);
        }
        return host;
    }

    /** The one that serves; null if nobody does, or more than one thinks so. */
    @Nullable Host master() {
        List<Host> serving = nodes().stream().filter(host -> host.process != null && host.process.isServing()).toList();
        return serving.size() == 1 ? serving.getFirst() : null;
    }

    /** The last version of a realm with the master; -1 if there is none. */
    long lastVersion(String realm) {
        Host master = master();
        Leadership reign = master == null || master.process == null ? null : master.process.leadership;
        return reign == null ? -1 : reign.lastVersion(realm);
    }

    /** Whether all nodes are there and in step, all that surrounds them works, and two copies are kept. */
    boolean isWell() {
        Host master = master();
        if (master == null || master.process == null || lock.health() != LockModel.Health.WELL || !network.isWhole()
                || lock.store.isPaused()
                || lock.store.record == null || lock.store.record.members().size() < Math.min(2, names.size())) {
            return false;
        }
        Status status = master.process.status();
        return status.inStep() && status.followers().size() == names.size() - 1
                && status.followers().stream().allMatch(Status.FollowerStatus::inStep)
                && nodes().stream().allMatch(host -> isInStep(host.process));
    }

    private static boolean isInStep(@Nullable NodeProcess process) {
        return process != null && !process.isPaused() && process.status().inStep();
    }

    String describe() {
        StringBuilder text = new StringBuilder("lock ").append(lock.store.snapshot());
        for (Host host : nodes()) {
            text.append("\n  ").append(host.name()).append(": ")
                    .append(host.process == null ? "not running" : host.process.status()).append("; disk ")
                    .append(host.disk.view());
        }
        clients.forEach(client -> text.append("\n  ").append(client.describe()));
        return text.toString();
    }
}
