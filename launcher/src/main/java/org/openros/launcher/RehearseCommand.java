// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/**
 * Starts the server on a folder of its own, uses it once and stops it, so that the JVM can record what a start needs. The
 * {@code ros} script runs it after a build.
 */
@Command(name = "rehearse", hidden = true)
final class RehearseCommand implements Callable<Integer> {
    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("openros-rehearsal");
        Server server = new Server(new ServerSettings("127.0.0.1", 0, folder, List.of()));
        try {
            server.start();
            use(URI.create(server.url()));
        } finally {
            server.stop();
            delete(folder);
        }
        return ExitStatus.OK.code();
    }

    private static void use(URI server) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            client.send(HttpRequest.newBuilder(server.resolve("/readyz")).build(), BodyHandlers.discarding());
            client.send(HttpRequest.newBuilder(server.resolve("/api/client/v2.0/app/rehearsal/location")).build(),
                    BodyHandlers.discarding());
            client.send(HttpRequest.newBuilder(
                            server.resolve("/api/client/v2.0/app/rehearsal/auth/providers/anon-user/login"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{}"))
                    .build(), BodyHandlers.discarding());
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
