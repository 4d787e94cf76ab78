// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.cluster;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.openros.launcher.operator.HttpEndpoint;
import org.openros.launcher.operator.HttpEndpoint.Reply;

/** Whether processes do their work, asked over HTTP. Answers are null, or the reason why not. */
final class Health {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private Health() {}

    /** Whether the process answers; for Consul, whether it knows a leader. */
    static @Nullable String live(Part part) {
        return part.kind().isApplication() ? ok(part, "/livez") : leader(part);
    }

    /** Whether the process can do its whole work: for a gateway, serve clients. */
    static @Nullable String ready(Part part) {
        return part.kind().isApplication() ? ok(part, "/readyz") : leader(part);
    }

    private static @Nullable String ok(Part part, String path) {
        try {
            Reply reply = get(part, path);
            return reply.ok() ? null : reply.reason();
        } catch (IOException e) {
            return "does not answer";
        }
    }

    private static @Nullable String leader(Part part) {
        try {
            Reply reply = get(part, "/v1/status/leader");
            return reply.ok() && !reply.body().asString("").isEmpty() ? null : "knows no leader of Consul";
        } catch (IOException e) {
            return "does not answer";
        }
    }

    private static Reply get(Part part, String path) throws IOException {
        return new HttpEndpoint(URI.create(part.url())).get(path, TIMEOUT);
    }
}
