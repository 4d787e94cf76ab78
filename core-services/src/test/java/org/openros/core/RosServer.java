// SPDX-License-Identifier: Apache-2.0
package org.openros.core;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.core.ApiClient.Reply;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Core services with one app, called as clients of Realm Object Server do. */
final class RosServer implements AutoCloseable {
    static final String APP = "shop";
    static final String PASSWORD = "secret1";

    final CoreServicesRunner core;
    final ApiClient client;
    final String admin;

    RosServer(Path folder, String... settings) {
        Path token = folder.resolve("admin.json");
        List<String> all = new ArrayList<>(List.of(settings));
        all.add("--ros.apps=" + APP);
        all.add("--ros.auth.admin-token-file=" + token);
        all.add("--ros.auth.password-hashing.patience=20s");
        core = CoreServicesRunner.start(folder.resolve("keys.json"), all.toArray(String[]::new));
        client = new ApiClient(core.url());
        admin = CoreServicesRunner.adminToken(token);
    }

    /** A user by way of a name and a password. */
    record Account(String id, String name, String refresh) {}

    Account account(String name) {
        JsonNode token = auth(logIn(name, PASSWORD).put("register", true)).json().path("refresh_token");
        return new Account(
                token.path("token_data").path("identity").asString(), name, token.path("token").asString());
    }

    static ObjectNode logIn(String name, String password) {
        return JsonNodeFactory.instance.objectNode()
                .put("provider", "password")
                .put("username", name)
                .put("password", password);
    }

    Reply auth(ObjectNode body) {
        return client.post("/auth", null, body.toString());
    }

    Reply userToken(String refresh) {
        return auth(JsonNodeFactory.instance.objectNode().put("provider", "realm").put("data", refresh));
    }

    Reply realmToken(String refresh, String path) {
        return auth(JsonNodeFactory.instance.objectNode()
                .put("provider", "realm")
                .put("data", refresh)
                .put("path", path));
    }

    Reply grant(String userId, String path, String level) {
        return client.post(
                "/permissions/apply",
                admin,
                "{\"condition\":{\"userId\":\"" + userId + "\"},\"realmPath\":\"" + path
                + "\",\"accessLevel\":\"" + level
                        + "\"}");
    }

    Reply user(String method, String id, @Nullable String token, @Nullable String body) {
        return client.send(method, "/auth/users/" + id, token, body);
    }

    /** Status and code, as in "403 614". */
    static String problem(Reply reply) {
        return reply.status() + " " + reply.json().path("code").asString();
    }

    /** The parameter that is wrong. */
    static String parameter(Reply reply) {
        return reply.json().path("invalid_params").path(0).path("name").asString();
    }

    @Override
    public void close() {
        client.close();
        core.close();
    }
}
