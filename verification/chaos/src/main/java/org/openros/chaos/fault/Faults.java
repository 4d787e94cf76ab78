// SPDX-License-Identifier: Apache-2.0
package org.openros.chaos.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.openros.chaos.client.Recorder;
import org.openros.chaos.cluster.ClusterStatus;
import org.openros.chaos.cluster.FaultyLink.Condition;
import org.openros.chaos.cluster.LocalCluster;
import org.openros.chaos.cluster.WorkerLinks;
import org.openros.chaos.cluster.WorkerLinks.Peer;
import org.openros.chaos.cluster.Workers;
import org.openros.history.Entry;

/** Does faults to a cluster, one after the other, and waits after each until the cluster is whole. */
public final class Faults {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final LocalCluster cluster;
    private final WorkerLinks links;
    private final Workers workers;
    private final Recorder recorder;
    private final Consumer<String> log;
    private final SplittableRandom random;
    private long count;

    /**
     * Does nothing yet.
     *
     * @param log gets a line for each begin and end
     * @param random decides what the kinds of fault leave open
     */
    public Faults(LocalCluster cluster, WorkerLinks links, Workers workers, Recorder recorder, Consumer<String> log,
            SplittableRandom random) {
        this.cluster = cluster;
        this.links = links;
        this.workers = workers;
        this.recorder = recorder;
        this.log = log;
        this.random = random;
    }

    /**
     * Does a fault and undoes it.
     *
     * @throws NotHealedException if the cluster is not whole in time after it
     */
    public void inject(FaultKind kind) throws InterruptedException, NotHealedException {
        switch (kind) {
            case KILL_MASTER -> kill(kind, role("master"));
            case KILL_BACKUP -> kill(kind, role("backup"));
            case KILL_SPARE -> kill(kind, role("spare"));
            case KILL_GATEWAY -> kill(kind, "gateway-" + random.nextInt(1, 3));
            case KILL_CORE -> kill(kind, "core-" + random.nextInt(1, 3));
            case KILL_CONSUL_LEADER -> kill(kind, cluster.status().withRole("leader").map(ClusterStatus.Part::name)
                    .orElse("consul-1"));
            case PAUSE_MASTER -> pause(kind, role("master"));
            case PAUSE_BACKUP -> pause(kind, role("backup"));
            case TWO_FAILOVERS -> twoFailovers(kind);
            case STOP_CONSUL -> stopConsul(kind);
            case PARTITION_MASTER -> cut(kind, role("master"), EnumSet.allOf(Peer.class));
            case CUT_MASTER_FROM_FOLLOWERS -> cut(kind, role("master"), EnumSet.of(Peer.FOLLOWERS));
            case CUT_MASTER_FROM_CONSUL -> cut(kind, role("master"), EnumSet.of(Peer.CONSUL));
            case CUT_BACKUP_FROM_CONSUL -> cut(kind, role("backup"), EnumSet.of(Peer.CONSUL));
            case WIPE_DISK -> wipe(kind, "worker-" + random.nextInt(1, 4));
            case STEP_DOWN -> during(kind, role("master"), status -> cluster.order("step-down"));
            case ROLLING_RESTART -> rollingRestart(kind);
        }
    }

    private interface Deed {
        void run(ClusterStatus before) throws InterruptedException, NotHealedException;
    }

    /** A fault lasts from before the deed until the cluster is whole. */
    private void during(FaultKind kind, String target, Deed deed) throws InterruptedException, NotHealedException {
        ClusterStatus before = cluster.status();
        long fault = ++count;
        log.accept("fault " + fault + " " + kind + " at " + target + " begins");
        recorder.record(at -> new Entry.FaultBegan(at, fault, kind.toString(), target, kind.excuses()));
        deed.run(before);
        awaitWhole(kind + " at " + target);
        recorder.record(at -> new Entry.FaultEnded(at, fault));
        log.accept("fault " + fault + " " + kind + " at " + target + " is over");
    }

    private void awaitWhole(String after) throws InterruptedException, NotHealedException {
        if (!workers.await(PATIENCE, Workers::whole)) {
            throw new NotHealedException("the group was not whole " + PATIENCE.toSeconds() + " s after " + after + ": "
                    + workers.latest().values() + "; " + cluster.status().troubles());
        }
    }

    private String role(String role) throws InterruptedException, NotHealedException {
        awaitWhole("the last fault");
        return workers.withRole(role).orElseThrow(() -> new NotHealedException("nobody is " + role)).node();
    }

    private void sleep(int fromSeconds, int toSeconds) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(random.nextInt(fromSeconds * 1000, toSeconds * 1000));
    }

    private void kill(FaultKind kind, String name) throws InterruptedException, NotHealedException {
        during(kind, name, before -> {
            cluster.signal(before.part(name), "KILL");
            sleep(1, 8);
            cluster.restartDead();
        });
    }

    private void pause(FaultKind kind, String name) throws InterruptedException, NotHealedException {
        during(kind, name, before -> {
            cluster.signal(before.part(name), "STOP");
            sleep(5, 20);
            cluster.signal(before.part(name), "CONT");
        });
    }

    private void twoFailovers(FaultKind kind) throws InterruptedException, NotHealedException {
        String first = role("master");
        during(kind, first, before -> {
            cluster.signal(before.part(first), "KILL");
            boolean replaced = workers.await(PATIENCE, all -> all.withRole("master")
                    .filter(master -> !master.node().equals(first) && master.inStep()).isPresent());
            if (!replaced) {
                throw new NotHealedException("nobody took over from " + first);
            }
            String second = workers.withRole("master").orElseThrow().node();
            log.accept(second + " took over and is killed too");
            cluster.signal(before.part(second), "KILL");
            sleep(2, 5);
            cluster.restartDead();
        });
    }

    private void stopConsul(FaultKind kind) throws InterruptedException, NotHealedException {
        during(kind, "consul", before -> {
            before.ofKind("consul").forEach(server -> cluster.signal(server, "KILL"));
            TimeUnit.SECONDS.sleep(30);
            cluster.restartDead();
        });
    }

    private void cut(FaultKind kind, String name, Set<Peer> peers) throws InterruptedException, NotHealedException {
        Condition how = random.nextBoolean() ? Condition.DROPPING : Condition.REJECTING;
        during(kind, name + " (" + how.name().toLowerCase(Locale.ROOT) + ")", before -> {
            links.set(name, peers, how);
            sleep(8, 25);
            links.set(name, peers, Condition.OPEN);
        });
    }

    private void wipe(FaultKind kind, String name) throws InterruptedException, NotHealedException {
        during(kind, name, before -> {
            cluster.signal(before.part(name), "KILL");
            sleep(1, 4);
            delete(cluster.folder().resolve("data").resolve(name));
            cluster.restartDead();
        });
    }

    private static void delete(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void rollingRestart(FaultKind kind) throws InterruptedException, NotHealedException {
        String spare = role("spare");
        String backup = role("backup");
        String master = role("master");
        during(kind, "everything", before -> {
            List<String> order = List.of("consul-1", "consul-2", "consul-3", "core-1", "core-2", "gateway-1",
                    "gateway-2",
                    spare, backup, master);
            for (String name : order) {
                log.accept("restarting " + name);
                cluster.restart(name);
                awaitWhole("the restart of " + name);
            }
        });
    }
}
