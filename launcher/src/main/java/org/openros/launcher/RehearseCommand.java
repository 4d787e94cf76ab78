// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine.Command;
import tools.jackson.databind.ObjectMapper;

/**
 * Starts the server on a folder of its own, lets devices sync through it and stops it, so that the JVM can record what
 * a start needs and what sync spends its time on. The {@code ros} script runs it after a build.
 */
@Command(name = "rehearse", hidden = true)
final class RehearseCommand implements Callable<Integer> {
    private static final int READERS = 30;
    private static final int CHANGES = 2_000;
    private static final String APP = "/api/client/v2.0/app/rehearsal";

    @Override
    public Integer call() throws IOException, InterruptedException {
        rehearse(READERS, CHANGES);
        return ExitStatus.OK.code();
    }

    /** Throws {@link IOException} if the server does not serve its devices. */
    static void rehearse(int readers, int changes) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("openros-rehearsal");
        Server server = new Server(new ServerSettings("127.0.0.1", 0, folder, List.of(), null));
        try {
            server.start();
            use(URI.create(server.url()), readers, changes);
        } finally {
            server.stop();
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private static void use(URI server, int readers, int changes) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        client.send(HttpRequest.newBuilder(server.resolve("/readyz")).build(), BodyHandlers.discarding());
        client.send(HttpRequest.newBuilder(server.resolve(APP + "/location")).build(), BodyHandlers.discarding());
        HttpResponse<String> login = client.send(HttpRequest.newBuilder(
                        server.resolve(APP + "/auth/providers/anon-user/login"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}"))
                .build(), BodyHandlers.ofString());
        String token = new ObjectMapper().readTree(login.body()).path("access_token").asString();
        URI sync = URI.create("ws://" + server.getAuthority() + APP + "/realm-sync?baas_at=" + token);
        try (RehearsedTraffic traffic = new RehearsedTraffic(client, sync, readers, changes)) {
            traffic.run();
        }
    }
}
