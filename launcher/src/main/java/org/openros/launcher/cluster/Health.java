// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.cluster;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.openros.launcher.operator.HttpEndpoint;
import org.openros.launcher.operator.HttpEndpoint.Reply;

/** Whether processes do their work, asked over HTTP. Answers are null, or the reason why not. */
final class Health {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final ClusterFolder folder;

    Health(ClusterFolder folder) {
        this.folder = folder;
    }

    /** Whether the process answers; for Consul, whether it is part of a cluster with a leader. */
    @Nullable String live(Part part) {
        return part.kind().isApplication() ? ok(part, "/livez") : member(part);
    }

    /** Whether the process can do its whole work: for a gateway, serve clients. */
    @Nullable String ready(Part part) {
        return part.kind().isApplication() ? ok(part, "/readyz") : member(part);
    }

    private @Nullable String ok(Part part, String path) {
        try {
            Reply reply = get(part, path);
            return reply.ok() ? null : reply.reason();
        } catch (IOException e) {
            return "does not answer";
        }
    }

    /** Sessions can be opened through a node that the leader knows and finds healthy. */
    private @Nullable String member(Part part) {
        try {
            Reply reply = get(part, "/v1/health/node/" + part.name() + "?consistent");
            boolean passing = reply.ok() && reply.body().valueStream()
                    .filter(check -> check.path("CheckID").asString("").equals("serfHealth"))
                    .anyMatch(check -> check.path("Status").asString("").equals("passing"));
            return passing ? null : "is not yet known to a leader of Consul";
        } catch (IOException e) {
            return "does not answer";
        }
    }

    private Reply get(Part part, String path) throws IOException {
        return HttpEndpoint.withAnyCertificate(folder.url(part)).get(path, TIMEOUT);
    }
}
