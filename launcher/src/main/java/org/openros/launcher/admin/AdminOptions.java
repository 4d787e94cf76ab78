// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.admin;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.openros.launcher.ExitStatus;
import org.openros.launcher.KeyFolder;
import org.openros.launcher.StartFailure;
import org.openros.launcher.operator.AdminApi;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Which server a command asks, as whom, and how it prints what it gets. */
public final class AdminOptions {
    /** Name of the variable with a token. */
    static final String VARIABLE = "ROS_ADMIN_TOKEN";

    private static final String DEFAULT_URL = "http://127.0.0.1:9080";

    /** Of a gateway on this machine, when there is somebody else to ask. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Option(names = "--url", paramLabel = "URL",
            description = "Where the server, or a gateway of it, is reached (default: " + DEFAULT_URL + ").")
    private @Nullable URI url;

    @Option(names = "--token-file", paramLabel = "FILE",
            description = "File with the token of an administrator. Without it: the variable " + VARIABLE
                    + ", else the data folder.")
    private @Nullable Path tokenFile;

    @Option(names = "--data", paramLabel = "DIR",
            description = "Data folder of a server, or folder of a cluster, on this machine (default: ./data, else "
                    + "./cluster): it holds a token.")
    private @Nullable Path data;

    @Option(names = "--app", paramLabel = "ID", defaultValue = "",
            description = "The app that is meant, if the server has more than one.")
    private String app = "";

    @Option(names = {"-o", "--output"}, paramLabel = "FORMAT", defaultValue = "table",
            description = "table, or json for scripts (default: ${DEFAULT-VALUE}).")
    private Output output = Output.TABLE;

    /** How results are printed. */
    enum Output {
        /** For people. */
        TABLE,
        /** For scripts. */
        JSON
    }

    /** Whether results are printed as JSON. */
    public boolean json() {
        return output == Output.JSON;
    }

    String app() {
        return app;
    }

    /** Whether an option says which server is meant. */
    public boolean namesServer() {
        return url != null || tokenFile != null || data != null;
    }

    /**
     * The interface that the options name.
     *
     * @param out where results are printed
     * @throws StartFailure if there is no token, or no such URL
     */
    public AdminCalls calls(PrintWriter out) {
        URI server = url == null ? URI.create(DEFAULT_URL) : url;
        if (!"http".equals(server.getScheme()) && !"https".equals(server.getScheme())) {
            throw new StartFailure(ExitStatus.USAGE, "--url has to be like http://host:port, not " + server);
        }
        return new AdminCalls(this, new AdminApi(server, token()), out);
    }

    /**
     * The interface of a gateway of an installation on this machine, which has others.
     *
     * @param token file with the token of an administrator
     * @param out where results are printed
     * @throws StartFailure if there is no token
     */
    public AdminCalls calls(URI gateway, Path token, PrintWriter out) {
        return new AdminCalls(this, new AdminApi(gateway, read(token), PATIENCE), out);
    }

    private String token() {
        if (tokenFile != null) {
            return read(tokenFile);
        }
        String variable = System.getenv(VARIABLE);
        if (variable != null && !variable.isBlank() && data == null) {
            return variable.strip();
        }
        return read(new KeyFolder(folder().resolve("keys")).adminToken());
    }

    private Path folder() {
        if (data != null) {
            return data;
        }
        Path own = Path.of("data");
        return Files.isDirectory(own) ? own : Path.of("cluster");
    }

    /** A file holds the token alone, or the JSON object that the server writes. */
    private static String read(Path file) {
        try {
            String text = Files.readString(file).strip();
            String token = text.startsWith("{")
                    ? JsonMapper.shared().readTree(text).path("ADMIN_TOKEN").asString("")
                    : text;
            if (token.isEmpty()) {
                throw new StartFailure(ExitStatus.USAGE, file + " has no token");
            }
            return token;
        } catch (IOException | UncheckedIOException | JacksonException e) {
            String cause = e.getClass().getSimpleName();
            throw new StartFailure(ExitStatus.USAGE, "there is no token in " + file + " (" + cause + "): name the data "
                    + "folder of the server with --data, or a file with --token-file, or set " + VARIABLE, e);
        }
    }
}
