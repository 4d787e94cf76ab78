// SPDX-License-Identifier: Apache-2.0
package org.openros.core;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Who may ask for the data of realms, and what is said while no worker is there. */
class ObjectApiTest {
    private static final String REALM = "/admin/v1/realms/%2Fteam%2Fa";

    @TempDir
    static Path folder;

    private static CoreServicesRunner core;
    private static ApiClient client;
    private static String admin;

    @BeforeAll
    static void start() throws Exception {
        core = CoreServicesRunner.start(
                folder.resolve("keys.json"),
                "--ros.apps=shop",
                "--ros.auth.admin-token-file=" + folder.resolve("admin.json"));
        client = new ApiClient(core.url());
        admin = CoreServicesRunner.adminToken(folder.resolve("admin.json"));
        assertThat(client.send("PUT", REALM, admin, "{}").status()).isEqualTo(201);
    }

    @AfterAll
    static void stop() {
        client.close();
        core.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    /schema,           ",
        "GET,    /objects/Dog,      ",
        "POST,   /objects/Dog,      {}",
        "GET,    /objects/Dog/rex,  ",
        "PUT,    /objects/Dog/rex,  {}",
        "PATCH,  /objects/Dog/rex,  {}",
        "DELETE, /objects/Dog/rex,  ",
        "POST,   /transactions,     {}",
        "GET,    /changes,          "
    })
    void onlyAdministratorsSeeData(String method, String route, String body) {
        String user = client.anonymous("shop").text("access_token");
        assertThat(client.send(method, REALM + route, null, body).status()).isEqualTo(401);
        assertThat(client.send(method, REALM + route, user, body).status()).isEqualTo(401);
        for (String role : new String[] {"operator", "auditor"}) {
            assertThat(client.send(method, REALM + route, issue(role), body).status()).isEqualTo(403);
        }
    }

    private static String issue(String role) {
        return client.post("/admin/v1/service-tokens", admin,
                "{\"name\":\"t\",\"role\":\"" + role + "\",\"ttl\":\"1h\"}")
                .text("token");
    }

    @Test
    void realmThatIsNotThereIsNotMade() {
        ApiClient.Reply reply = client.send("PUT", "/admin/v1/realms/none/objects/Dog/rex", admin, "{}");
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.json().path("code").intValue()).isEqualTo(617);
        assertThat(client.get("/admin/v1/realms/none", admin).status()).isEqualTo(404);
    }

    @Test
    void withoutAMasterTheAskerIsToldToComeAgain() {
        ApiClient.Reply reply = client.send("PUT", REALM + "/objects/Dog/rex", admin, "{}");
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.retryAfter()).isNotEmpty();
        assertThat(reply.text("detail")).contains("nothing was done");
    }

    @Test
    void largeBodyIsRefused() {
        String body = "{\"name\":\"" + "x".repeat(1 << 20) + "\"}";
        assertThat(client.send("PUT", REALM + "/objects/Dog/rex", admin, body).status()).isEqualTo(413);
    }
}
