// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.group;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openros.launcher.ExitStatus;
import org.openros.launcher.StartFailure;
import org.openros.launcher.admin.AdminOptions;
import org.openros.launcher.cluster.LocalGroup;
import org.openros.launcher.operator.WorkerApi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which group a command is about, and how it is reached. */
final class GroupOptions {
    private static final Path CLUSTER = Path.of("cluster");

    @Mixin
    private AdminOptions admin = new AdminOptions();

    @Option(names = "--dir", paramLabel = "DIR",
            description = "Folder of a cluster on this machine: its gateways are asked, or its workers if no gateway "
                    + "can tell. Default: ./cluster, if no other option and no ./data names a server.")
    private @Nullable Path dir;

    @Option(names = "--direct",
            description = "Of a cluster on this machine: asks the workers themselves, and no gateway before.")
    private boolean direct;

    @Option(names = "--group", paramLabel = "GROUP", description = "Name of the group (default: default).")
    private @Nullable String group;

    @Option(names = "--worker", paramLabel = "URL",
            description = "For emergencies, when gateways or core services are down: asks this worker itself at its "
                    + "HTTP interface, http://host:port. Repeat it for the others of the group. Needs --secret.")
    private List<URI> workers = List.of();

    @Option(names = "--secret", paramLabel = "FILE",
            description = "With --worker: file with the secret that the applications share.")
    private @Nullable Path secret;

    @Option(names = "--node", paramLabel = "NODE", description = "The worker that gets the command.")
    private @Nullable String node;

    boolean json() {
        return admin.json();
    }

    @Nullable String node() {
        return node;
    }

    /**
     * The way to the group.
     *
     * @param err for what has to be said beside the result
     * @throws StartFailure if the options do not fit together
     */
    GroupAccess access(PrintWriter err) {
        if (!workers.isEmpty()) {
            return new WorkersThemselves(named());
        }
        if (secret != null) {
            throw new StartFailure(ExitStatus.USAGE, "--secret goes with --worker: --url names a gateway, and "
                    + "--worker a worker");
        }
        if (dir != null && admin.namesServer()) {
            throw new StartFailure(ExitStatus.USAGE, "give either --dir, or --url with --data or --token-file");
        }
        if (dir != null || !admin.namesServer() && !Files.isDirectory(Path.of("data")) && Files.isDirectory(CLUSTER)) {
            return ofCluster(LocalGroup.of(dir == null ? CLUSTER : dir, group), err);
        }
        if (direct) {
            throw new StartFailure(ExitStatus.USAGE, "--direct goes with --dir; elsewhere name the workers with "
                    + "--worker");
        }
        return new GroupOfServer(admin.calls(err), group == null ? "default" : group, err);
    }

    private GroupAccess ofCluster(LocalGroup local, PrintWriter err) {
        Map<String, WorkerApi> apis = new LinkedHashMap<>();
        local.workers().forEach((name, url) -> apis.put(name, new WorkerApi(url, local.secret())));
        if (direct) {
            return new WorkersThemselves(apis);
        }
        return new GroupOfCluster(gateways(local, err), new WorkersThemselves(apis), err);
    }

    /** None while core services have never run: they make the token. */
    private List<GroupAccess> gateways(LocalGroup local, PrintWriter err) {
        if (!Files.exists(local.adminToken())) {
            return List.of();
        }
        return local.gateways().stream()
                .map(gateway -> (GroupAccess)
                        new GroupOfServer(admin.calls(gateway, local.adminToken(), err), local.group(), err))
                .toList();
    }

    private Map<String, WorkerApi> named() {
        if (dir != null || group != null || admin.namesServer()) {
            throw new StartFailure(ExitStatus.USAGE, "--worker goes with --secret, and not with --dir, --group, --url, "
                    + "--data or --token-file");
        }
        Map<String, WorkerApi> named = new LinkedHashMap<>();
        String shared = secret();
        for (URI url : workers) {
            named.put(url.toString(), worker(url, shared));
        }
        return named;
    }

    private static WorkerApi worker(URI url, String shared) {
        if (!"http".equals(url.getScheme()) && !"https".equals(url.getScheme())) {
            throw new StartFailure(ExitStatus.USAGE, "--worker has to be like http://host:port, not " + url);
        }
        try {
            return new WorkerApi(url, shared);
        } catch (IllegalArgumentException e) {
            throw new StartFailure(ExitStatus.USAGE, "--secret: " + e.getMessage(), e);
        }
    }

    private String secret() {
        if (secret == null) {
            throw new StartFailure(ExitStatus.USAGE, "--worker needs --secret: the file with the value of "
                    + "ros.internal.secret");
        }
        try {
            return Files.readString(secret).strip();
        } catch (IOException e) {
            throw new StartFailure(ExitStatus.USAGE, "--secret: cannot read " + secret + " (" + e + ")", e);
        }
    }
}
