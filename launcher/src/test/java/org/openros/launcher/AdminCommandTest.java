// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openros.domain.AppId;
import org.openros.launcher.operator.AdminApi;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** The commands that ask the administrators' interface, against a server of their own. */
class AdminCommandTest {
    @TempDir
    static Path folder;

    private static Server server;
    private static Path data;

    /** What the last command printed. */
    private String out = "";

    private String err = "";

    @BeforeAll
    static void start() {
        data = folder.resolve("data");
        server = new Server(new ServerSettings("127.0.0.1", 0, data, List.of(new AppId("shop")), null));
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    private int ros(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        if (!all.contains("--url")) {
            all.addAll(List.of("--url", server.url()));
        }
        if (!all.contains("--token-file") && !all.contains("--data")) {
            all.addAll(List.of("--data", data.toString()));
        }
        StringWriter printed = new StringWriter();
        StringWriter complained = new StringWriter();
        CommandLine line = RosCommand.commandLine()
                .setOut(new PrintWriter(printed))
                .setErr(new PrintWriter(complained));
        int code = line.execute(all.toArray(String[]::new));
        out = printed.toString();
        err = complained.toString();
        return code;
    }

    private JsonNode json() {
        return JsonMapper.shared().readTree(out);
    }

    private String newUser(String email) throws IOException {
        Path password = Files.writeString(folder.resolve("password"), "a password\n");
        assertThat(ros("user", "add", email, "--password-file", password.toString(), "-o", "json")).as(err).isZero();
        return json().path("id").asString();
    }

    @Test
    void usersAreMadeFoundSuspendedAndDeleted() throws Exception {
        String id = newUser("ann@example.com");
        assertThat(ros("user", "list", "--search", "ann@")).isZero();
        assertThat(out.lines()).hasSize(2);
        assertThat(out).startsWith("ID").contains(id, "active", "ann@example.com");
        assertThat(ros("user", "suspend", id)).isZero();
        assertThat(out).isEqualTo(id + " is suspended\n");
        assertThat(ros("user", "get", id, "-o", "json")).isZero();
        assertThat(json().path("status").asString()).isEqualTo("suspended");
        assertThat(ros("user", "enable", id)).isZero();
        assertThat(ros("user", "revoke", id)).isZero();
        assertThat(ros("user", "delete", id)).isZero();
        assertThat(ros("user", "get", id)).isEqualTo(1);
        assertThat(err).isEqualTo("ros: there is no such user\n");
    }

    @Test
    void whatIsDoneInPartEndsWithACodeOfItsOwn() throws Exception {
        String id = newUser("bob@example.com");
        assertThat(ros("user", "suspend", id, "nobody")).isEqualTo(3);
        assertThat(out).contains(id + " is suspended");
        assertThat(err).contains("nobody: there is no such user");
        assertThat(ros("user", "suspend", "nobody", "neither")).isEqualTo(1);
    }

    @Test
    void realmsAndRightsAreManaged() throws Exception {
        String id = newUser("cy@example.com");
        assertThat(ros("realm", "create", "/club/notes", "--owner", id)).as(err).isZero();
        assertThat(ros("realm", "create", "/club/notes")).isEqualTo(1);
        assertThat(err).contains("the realm is there");
        assertThat(ros("realm", "list", "--prefix", "/club/", "-o", "json")).isZero();
        assertThat(json().path("items").path(0).path("owner").asString()).isEqualTo(id);
        assertThat(ros("permission", "set", "/club/notes", "*", "read")).isZero();
        assertThat(ros("permission", "set", "/club/notes", id, "write")).isZero();
        assertThat(ros("permission", "list", "/club/notes")).isZero();
        assertThat(out.lines()).hasSize(3);
        assertThat(ros("permission", "remove", "/club/notes", "*")).isZero();
        assertThat(ros("permission", "set", "/club/notes", id, "all")).isEqualTo(1);
        assertThat(ros("realm", "delete", "/club/notes")).isZero();
        assertThat(ros("realm", "trash", "-o", "json")).isZero();
        assertThat(ros("realm", "restore", json().path("items").path(0).path("trashId").asString())).as(err).isZero();
        assertThat(ros("realm", "get", "/club/notes")).isZero();
        assertThat(out).contains("state", "active");
    }

    @Test
    void aTokenThatWasIssuedServesUntilItIsRevoked() throws Exception {
        assertThat(ros("token", "create", "of a test", "--role", "auditor", "--ttl", "1h", "-o", "json")).as(err)
                .isZero();
        String id = json().path("id").asString();
        Path file = Files.writeString(folder.resolve("token"), json().path("token").asString() + "\n");
        assertThat(ros("realm", "list", "--token-file", file.toString())).as(err).isZero();
        assertThat(ros("realm", "create", "/no", "--token-file", file.toString())).isEqualTo(1);
        assertThat(err).contains("role");
        assertThat(ros("token", "list")).isZero();
        assertThat(out).contains(id, "of a test", "auditor");
        assertThat(ros("token", "revoke", id)).isZero();
        assertThat(ros("realm", "list", "--token-file", file.toString())).isEqualTo(1);
        assertThat(err).contains("refuses the token");
    }

    @Test
    void keysAreRotated() {
        assertThat(ros("key", "list", "-o", "json")).isZero();
        String signing = json().path("items").path(0).path("kid").asString();
        assertThat(ros("key", "rotate")).isZero();
        assertThat(out).contains("settling", signing);
        assertThat(ros("key", "retire", signing)).isEqualTo(1);
        assertThat(err).contains("rotate first");
    }

    @Test
    void aJobIsWaitedForAndItsFailureIsACode() throws Exception {
        String token = JsonMapper.shared()
                .readTree(Files.readString(data.resolve("keys/admin.json")))
                .path("ADMIN_TOKEN")
                .asString();
        JsonNode begun = new AdminApi(URI.create(server.url()), token)
                .call("POST", "/groups/default/verify", Map.of(), null)
                .body();
        String id = begun.path("jobId").asString();
        assertThat(ros("job", "wait", id, "-o", "json")).as("there is only one worker").isEqualTo(1);
        assertThat(json().path("error").asString()).contains("not two workers");
        assertThat(ros("job", "list", "--state", "failed")).isZero();
        assertThat(out).contains(id, "group-verify", "default", "failed");
        assertThat(ros("job", "cancel", id)).isEqualTo(1);
        assertThat(err).contains("has ended");
        assertThat(ros("job", "get", "none")).isEqualTo(1);
    }

    @Test
    void aBackupIsMadeVerifiedRestoredFromAndRemoved() throws Exception {
        assertThat(ros("realm", "create", "saved")).as(err).isZero();
        assertThat(ros("backup", "create", "-o", "json")).as(err + out).isZero();
        String id = json().path("id").asString();
        assertThat(json().path("scope").path("paths").isEmpty()).isTrue();
        assertThat(ros("backup", "verify", id)).as(err + out).isZero();
        assertThat(out).contains("succeeded");
        assertThat(ros("backup", "list")).isZero();
        assertThat(out).contains(id);
        assertThat(ros("backup", "show", id)).isZero();
        assertThat(ros("restore", id, "--paths", "sav*")).as(err + out).isZero();
        assertThat(ros("realm", "trash")).isZero();
        assertThat(out).contains("saved");
        assertThat(ros("restore", id, "--paths", "saved", "--as-new", "--suffix", "-2")).as(err + out).isZero();
        assertThat(ros("realm", "get", "saved-2")).as(err).isZero();
        assertThat(ros("restore", id, "--full")).isEqualTo(1);
        assertThat(err).contains("empty server");
        assertThat(ros("restore", id)).isEqualTo(2);
        assertThat(ros("backup", "create", "--keep", "1", "--paths", "saved")).as(err).isZero();
        assertThat(ros("backup", "delete", id)).isZero();
        assertThat(ros("backup", "show", id)).isEqualTo(1);
        assertThat(ros("backup", "verify", "../" + id)).isEqualTo(1);
    }

    @Test
    void aBackupThatIsDamagedIsRefusedWithAFailedJob() throws Exception {
        assertThat(ros("realm", "create", "damaged")).as(err).isZero();
        assertThat(ros("backup", "create", "-o", "json")).as(err).isZero();
        String id = json().path("id").asString();
        assertThat(ros("job", "list", "--type", "backup")).isZero();
        assertThat(out).containsPattern("succeeded +\\d+/\\d+ \\w+ ");
        Path file = data.resolve("backups").resolve(id).resolve("realms/00000000.realm");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertThat(ros("backup", "verify", id)).isEqualTo(1);
        assertThat(out).contains("damaged", "/__system/auth");
    }

    @Test
    void aServerThatDoesNotAnswerIsToldFromOneThatRefuses() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        assertThat(ros("user", "list", "--url", "http://127.0.0.1:" + free)).isEqualTo(4);
        assertThat(err).contains("does not answer", "--url");
        HttpServer busy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
        busy.createContext("/", exchange -> {
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        });
        busy.start();
        try {
            assertThat(ros("user", "list", "--url", "http://127.0.0.1:" + busy.getAddress().getPort())).isEqualTo(4);
        } finally {
            busy.stop(0);
        }
    }

    @Test
    void aWrongCommandLineSaysWhatIsRight() {
        assertThat(ros("user", "list", "--url", "ftp://x")).isEqualTo(2);
        assertThat(ros("user", "list", "--data", folder.resolve("nothing").toString())).isEqualTo(2);
        assertThat(err).contains("--data", "--token-file", "ROS_ADMIN_TOKEN");
        assertThat(ros("user", "suspend")).isEqualTo(2);
        assertThat(ros("user", "add", "x@example.com", "--password-file", folder.resolve("nothing").toString()))
                .isEqualTo(2);
    }
}
