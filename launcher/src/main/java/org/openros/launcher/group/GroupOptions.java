// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.group;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openros.launcher.ExitStatus;
import org.openros.launcher.StartFailure;
import org.openros.launcher.cluster.LocalGroup;
import org.openros.launcher.operator.WorkerApi;
import picocli.CommandLine.Option;

/** Which group a command is about, and how its workers are reached. */
final class GroupOptions {
    @Option(names = "--dir", paramLabel = "DIR",
            description = "Folder of a cluster on this machine (default without --url: ./cluster).")
    private @Nullable Path dir;

    @Option(names = "--group", paramLabel = "GROUP", description = "A group of that cluster (default: default).")
    private @Nullable String group;

    @Option(names = "--url", paramLabel = "URL",
            description = "Anywhere else: the HTTP interface of a worker, http://host:port. Repeat it for the others "
                    + "of the group.")
    private List<URI> urls = List.of();

    @Option(names = "--secret", paramLabel = "FILE",
            description = "With --url: file with the secret that the applications share.")
    private @Nullable Path secret;

    @Option(names = "--node", paramLabel = "NODE", description = "The worker that gets the command.")
    private @Nullable String node;

    @Option(names = {"-o", "--output"}, paramLabel = "FORMAT", defaultValue = "text",
            description = "text, or json for scripts (default: ${DEFAULT-VALUE}).")
    private Output output = Output.TEXT;

    /** How results are printed. */
    enum Output {
        /** For people. */
        TEXT,
        /** For scripts. */
        JSON
    }

    boolean json() {
        return output == Output.JSON;
    }

    @Nullable String node() {
        return node;
    }

    /**
     * The workers that were named, whether they run or not.
     *
     * @throws StartFailure if the options do not fit together
     */
    Map<String, WorkerApi> workers() {
        Map<String, WorkerApi> workers = new LinkedHashMap<>();
        if (urls.isEmpty()) {
            LocalGroup local = LocalGroup.of(dir == null ? Path.of("cluster") : dir, group);
            local.workers().forEach((name, url) -> workers.put(name, new WorkerApi(url, local.secret())));
        } else if (dir != null || group != null) {
            throw new StartFailure(ExitStatus.USAGE, "give either --url, or --dir and --group");
        } else {
            String shared = secret();
            for (URI url : urls) {
                workers.put(url.toString(), worker(url, shared));
            }
        }
        return workers;
    }

    private static WorkerApi worker(URI url, String shared) {
        if (!"http".equals(url.getScheme()) && !"https".equals(url.getScheme())) {
            throw new StartFailure(ExitStatus.USAGE, "--url has to be like http://host:port, not " + url);
        }
        try {
            return new WorkerApi(url, shared);
        } catch (IllegalArgumentException e) {
            throw new StartFailure(ExitStatus.USAGE, "--secret: " + e.getMessage(), e);
        }
    }

    private String secret() {
        if (secret == null) {
            throw new StartFailure(ExitStatus.USAGE, "--url needs --secret: the file with the value of "
                    + "ros.internal.secret");
        }
        try {
            return Files.readString(secret).strip();
        } catch (IOException e) {
            throw new StartFailure(ExitStatus.USAGE, "--secret: cannot read " + secret + " (" + e + ")", e);
        }
    }
}
