// SPDX-License-Identifier: Apache-2.0
package org.openros.worker;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
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
 *     data: /var/lib/openros
 *     link:
 *       listen: grpc://10.0.0.7:9090
 *     api-host: 10.0.0.7
 *     threads: 0
 *     realm-idle: 10s
 *     download-size: 1MB
 *     upload-size: 64MB
 *     uncommitted-size: 16MB
 * }</pre>
 *
 * @param group name of the group that the worker belongs to; default {@code default}
 * @param node name of the node, unique within the group; default {@code worker}
 * @param data folder of the storage, created if missing; default {@code data/worker}
 * @param link where gateways reach the worker
 * @param apiHost address under which other services reach the worker's HTTP interface; default {@code 127.0.0.1}
 * @param threads threads that run realms; default 0: one for each processor, at least two
 * @param realmIdle a realm that was not used for so long gives back its memory; default 10 s
 * @param downloadSize a DOWNLOAD ends once its changesets exceed this size; default 1 MB
 * @param uploadSize largest inflated size of one upload message; default 64 MB
 * @param uncommittedSize a realm with more on its way to the disk takes no further uploads for a moment; default 16 MB
 */
@ConfigurationProperties("ros.worker")
record WorkerProperties(
        @DefaultValue("default") String group,
        @DefaultValue("worker") String node,
        @DefaultValue("data/worker") Path data,
        @DefaultValue Link link,
        @DefaultValue("127.0.0.1") String apiHost,
        @DefaultValue("0") int threads,
        @DefaultValue("10s") Duration realmIdle,
        @DefaultValue("1MB") DataSize downloadSize,
        @DefaultValue("64MB") DataSize uploadSize,
        @DefaultValue("16MB") DataSize uncommittedSize) {
    /**
     * The end of the link to the gateways.
     *
     * @param listen {@code grpc://host:port}, or {@code inprocess:name} in one process; default a free port of
     *     127.0.0.1
     */
    record Link(@DefaultValue("grpc://127.0.0.1:0") URI listen) {}

    /** The number of threads to start. */
    int actorThreads() {
        return threads > 0 ? threads : Math.max(2, Runtime.getRuntime().availableProcessors());
    }
}
