// SPDX-License-Identifier: Apache-2.0
package org.openros.e2e.guard;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openros.e2e.guard.Door.Answer;
import org.openros.e2e.guard.Door.User;
import org.openros.e2e.server.AdminClient;
import org.openros.e2e.server.SharedServer;

import static org.assertj.core.api.Assertions.assertThat;

/** Paths that are made to deceive, through gateway and core services together, sent byte by byte. */
class DeceivingPathTest {
    private static final String APP = "path-app";

    @RegisterExtension
    static final SharedServer SERVER = new SharedServer();

    private static Door door;
    private static String admin;

    @BeforeAll
    static void start() {
        door = new Door(SERVER.url(), APP);
        admin = AdminClient.token(SERVER.data());
    }

    @AfterAll
    static void stop() {
        door.close();
    }

    /** What comes back for a request line that no library would send. */
    private static String raw(String method, String path) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), URI.create(SERVER.url()).getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write((method + " " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                            + "Authorization: Bearer " + admin + "\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "/api/client/../../internal/v1/status",
        "/api/client/%2e%2e/%2e%2e/internal/v1/status",
        "/api/client/%252e%252e/%252e%252e/internal/v1/status",
        "/api/client/%c0%ae%c0%ae/%c0%ae%c0%ae/internal/v1/status",
        "/api/client/%e0%80%ae%e0%80%ae/internal/v1/status",
        "/api/client/..%c0%af..%c0%afinternal/v1/status",
        "/api/client/..%5c..%5cinternal/v1/status",
        "/api/client/..\\..\\internal\\v1\\status",
        "/api/client/..;/..;/internal/v1/status",
        "/api/client/%00/../../internal/v1/status",
        "/api/client/%0d%0aX-Injected:%201",
        "//internal/v1/status",
        "/admin/v1/../../internal/v1/status",
        "/admin/v1/%2e%2e%2f%2e%2e%2finternal/v1/status",
        "/admin/v1/realms/..%2f..%2f..%2finternal/schema",
        "/realms/%2e%2e/internal/v1/status",
        "/realms/files/..%2F..%2Finternal",
        "/realms/files/%252Fhome%252Fnotes",
        "/realms/files/%2Fa%2F%2e%2e%2F__system",
        "/internal/v1/status",
        "/actuator/metrics",
        "http://127.0.0.1:1/internal/v1/status"
    })
    void nothingInsideIsReachedWithTheTokenOfAnAdministratorEither(String path) throws IOException {
        String answer = raw("GET", path);
        assertThat(answer).startsWith("HTTP/1.1 4").doesNotContain("X-Injected", "HTTP/1.1 401");
        String status = answer.substring(9, 12);
        assertThat(status).isIn("400", "403", "404");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE", "CONNECT", "PROPFIND", "get", "X"})
    void otherMethodsAreRefused(String method) throws IOException {
        assertThat(raw(method, "/livez").substring(9, 12)).isIn("400", "404", "405");
    }

    /** Row 5 of the acceptance list: one realm, named with encoded slashes, with each method, and over sync. */
    @Test
    void aRealmWithSlashesIsOneAndTheSameForAllMethodsAndForSync() throws IOException {
        User user = door.logInAnonymously();
        RealmName realm = RealmName.of("/" + user.id() + "/notes");
        try (RawFile file = RawFile.open(door, user.access(), realm)) {
            assertThat(file.putClass()).isTrue();
            assertThat(file.put("one")).isTrue();
        }
        String path = "/realms/files/" + realm.encoded();
        Answer found = door.get(path + "?shouldCreate=false", user.access());
        assertThat(found.json().path("path").asString()).isEqualTo(realm.text());
        assertThat(found.json().path("exists").booleanValue()).isTrue();
        assertThat(door.get("/admin/v1/realms/" + realm.encoded() + "/objects/Item/one", admin).status())
                .isEqualTo(200);
        assertThat(door.send("PATCH", path, admin, "{\"realmType\": \"full\"}").body()).isEqualTo("{}");
        assertThat(door.send("DELETE", path, admin, null).body()).isEqualTo("{}");
        assertThat(door.send("DELETE", path, admin, null).error()).isEqualTo("404 617");
        try (RawFile file = RawFile.open(door, user.access(), realm)) {
            assertThat(file.error()).isEqualTo(208);
        }
    }
}
