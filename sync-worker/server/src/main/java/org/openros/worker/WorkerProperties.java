// SPDX-License-Identifier: Apache-2.0
package org.openros.worker;

import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.domain.GroupId;
import org.openros.domain.Lineage;
import org.openros.domain.NodeId;
import org.openros.replication.NodeSettings;
import org.openros.replication.NodeSettings.WhenBackupLost;
import org.openros.replication.Timing;
import org.openros.replication.link.ReplicationTls;
import org.openros.worker.realm.WorkMemory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The settings of a sync worker.
 *
 * <pre>{@code
 * ros:
 *   worker:
 *     group: default
 *     node: worker-1
 *     nodes: worker-1, worker-2, worker-3
 *     data: /var/lib/openros
 *     link:
 *       listen: grpc://10.0.0.7:9090
 *     replication:
 *       listen: grpc://10.0.0.7:9091
 *       advertise: 10.0.0.7
 *       tls:
 *         certificate: /etc/openros/worker-1.crt
 *         private-key: /etc/openros/worker-1.key
 *         ca: /etc/openros/workers-ca.crt
 *     when-backup-lost: block
 *     lease-ttl: 15s
 *     api-host: 10.0.0.7
 *     threads: 0
 *     realm-idle: 10s
 *     download-size: 1MB
 *     upload-size: 64MB
 *     uncommitted-size: 16MB
 *     work-memory: 0
 *     session-log: false
 * }</pre>
 *
 * @param group name of the group that the worker belongs to; default {@code default}
 * @param node name of the node, unique within the group; default {@code worker}
 * @param nodes names of all nodes of the group, the same list in the same order on each; default only this one
 * @param data folder of the storage, created if missing; default {@code data/worker}
 * @param link where gateways reach the worker
 * @param replication where the other nodes of the group reach the worker
 * @param whenBackupLost what a master without backup and spare does with uploads: {@code block}, they wait on the
 *     devices, or {@code solo}, they go on after 30 s with one copy; default {@code block}
 * @param leaseTtl a master that the lock service does not hear of for so long, or up to twice as long, has lost the
 *     lock; at least 10 s; default 15 s
 * @param apiHost address under which other services reach the worker's HTTP interface; default {@code 127.0.0.1}
 * @param threads threads that run realms; default 0: one for each processor, at least two
 * @param realmIdle a realm that was not used for so long gives back its memory; default 10 s
 * @param downloadSize a DOWNLOAD ends once its changesets exceed this size; default 1 MB
 * @param uploadSize largest inflated size of one upload message; default 64 MB
 * @param uncommittedSize a realm with more on its way to the disk takes no further uploads for a moment; default 16 MB
 * @param workMemory heap that large uploads may take together; messages on their way, large downloads, and what is not
 *     committed have a quarter of it each beside it. An upload that does not fit alone is refused. Default 0: three
 *     fifths of the largest heap, less 48 MB
 * @param sessionLog whether the log has a line for begin and end of each session; default no, because a master that
 *     goes ends thousands at once
 */
@ConfigurationProperties("ros.worker")
record WorkerProperties(
        @DefaultValue("default") String group,
        @DefaultValue("worker") String node,
        @DefaultValue List<String> nodes,
        @DefaultValue("data/worker") Path data,
        @DefaultValue Link link,
        @DefaultValue Replication replication,
        @DefaultValue("block") WhenBackupLost whenBackupLost,
        @DefaultValue("15s") Duration leaseTtl,
        @DefaultValue("127.0.0.1") String apiHost,
        @DefaultValue("0") int threads,
        @DefaultValue("10s") Duration realmIdle,
        @DefaultValue("1MB") DataSize downloadSize,
        @DefaultValue("64MB") DataSize uploadSize,
        @DefaultValue("16MB") DataSize uncommittedSize,
        @DefaultValue("0") DataSize workMemory,
        @DefaultValue("false") boolean sessionLog) {
    /** The level of log entries that this software reads and writes. */
    private static final int FORMAT_LEVEL = 1;

    /** What Consul accepts by default. */
    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(10);

    /**
     * The end of the link to the gateways.
     *
     * @param listen {@code grpc://host:port}, or {@code inprocess:name} in one process; default a free port of
     *     127.0.0.1
     */
    record Link(@DefaultValue("grpc://127.0.0.1:0") URI listen) {}

    /**
     * The end of the connections to the other nodes of the group.
     *
     * @param listen {@code grpc://host:port}; default a free port of 127.0.0.1. A group of one does not listen
     * @param advertise name or address under which the other nodes reach it; default {@code 127.0.0.1}
     * @param tls what nodes prove with who they are; default none: whoever reaches the port may follow. All nodes of a
     *     group have it, or none
     */
    record Replication(
            @DefaultValue("grpc://127.0.0.1:0") URI listen,
            @DefaultValue("127.0.0.1") String advertise,
            @Nullable Tls tls) {}

    /**
     * Checks names and times.
     *
     * @throws IllegalArgumentException that names the setting
     */
    WorkerProperties {
        nodes = nodes.isEmpty() ? List.of(node) : List.copyOf(nodes);
        if (!nodes.contains(node) || nodes.size() != new HashSet<>(nodes).size()) {
            throw new IllegalArgumentException(
                    "ros.worker.nodes has to name ros.worker.node (" + node + "), and each node once: " + nodes);
        }
        if (leaseTtl.compareTo(SHORTEST_LEASE) < 0) {
            throw new IllegalArgumentException(
                    "ros.worker.lease-ttl has to be at least " + SHORTEST_LEASE.toSeconds() + "s, not " + leaseTtl);
        }
        checkSize("download-size", downloadSize, DataSize.ofKilobytes(1), DataSize.ofMegabytes(16));
        checkSize("upload-size", uploadSize, DataSize.ofKilobytes(64), DataSize.ofMegabytes(64));
        checkSize("uncommitted-size", uncommittedSize, DataSize.ofKilobytes(64), DataSize.ofGigabytes(1));
        if (workMemory.toBytes() != 0) {
            checkSize("work-memory", workMemory, DataSize.ofMegabytes(1), DataSize.ofTerabytes(1));
        }
    }

    private static void checkSize(String key, DataSize size, DataSize least, DataSize most) {
        if (size.compareTo(least) < 0 || size.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "ros.worker." + key + " has to be between " + least + " and " + most + ", not " + size);
        }
    }

    /** The heap for large uploads. */
    long workMemoryBytes() {
        return workMemory.toBytes() > 0 ? workMemory.toBytes() : WorkMemory.ofHeap();
    }

    /** What the node is in its group. */
    NodeSettings nodeSettings() {
        return new NodeSettings(
                new GroupId(group),
                new NodeId(node),
                nodes.stream().map(NodeId::new).toList(),
                FORMAT_LEVEL,
                new SecureRandom().nextLong(),
                Lineage.random(),
                whenBackupLost,
                Timing.withLease(leaseTtl));
    }

    /**
     * What the node proves with who it is; null without TLS.
     *
     * @throws IllegalArgumentException that names the setting, if a file cannot be used
     */
    @Nullable ReplicationTls replicationTls() {
        Tls tls = replication.tls();
        return tls == null ? null : tls.checked();
    }

    /** The number of threads to start. */
    int actorThreads() {
        return threads > 0 ? threads : Math.max(2, Runtime.getRuntime().availableProcessors());
    }
}
