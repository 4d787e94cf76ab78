// SPDX-License-Identifier: Apache-2.0
package org.openros.core;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openros.core.admin.OpenApiConfiguration;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/** The description of the administrators' interface, checked against the running server (admin API, section 15.1). */
class AdminOpenApiTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String V1 = "/admin/v1";
    private static final Path FILE = Path.of("src/main/resources/admin-openapi.json");

    @TempDir
    static Path folder;

    private static CoreServicesRunner core;
    private static HttpClient http;
    private static String admin;
    private static JsonNode document;

    /** The routes of the description that were called, with the answer that was described. */
    private final Set<String> called = new TreeSet<>();

    @BeforeAll
    static void start() throws Exception {
        core = CoreServicesRunner.startDescribing(
                folder.resolve("keys.json"),
                "--ros.apps=shop",
                "--ros.backup.folder=" + folder.resolve("backups"),
                "--ros.auth.admin-token-file=" + folder.resolve("admin.json"));
        http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        admin = CoreServicesRunner.adminToken(folder.resolve("admin.json"));
        document = JSON.readTree(send("GET", "/openapi.json", null, true).body());
    }

    @AfterAll
    static void stop() {
        http.close();
        core.close();
    }

    private static HttpResponse<String> send(String method, String path, @Nullable String body, boolean known)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(core.url() + V1 + path))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (known) {
            request.header("Authorization", "Bearer " + admin);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static Set<String> described() {
        Set<String> routes = new TreeSet<>();
        document.path("paths").properties().forEach(path -> path.getValue().propertyNames()
                .forEach(method -> routes.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        return routes;
    }

    /** The file that servers give out; it is made anew by {@code -Dros.openapi.write=true}. */
    @Test
    void theDescriptionIsWhatTheRoutesSay() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(core.url() + OpenApiConfiguration.PATH)).build();
        JsonNode made = JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
        if (Boolean.getBoolean("ros.openapi.write")) {
            Files.writeString(FILE, made.toPrettyString() + "\n");
        }
        assertThat(JSON.readTree(Files.readString(FILE)))
                .as("renew %s: run this test with -Dros.openapi.write=true, and look at the difference", FILE)
                .isEqualTo(made);
    }

    @Test
    void itIsOfTheVersionThatItSays() {
        assertThat(document.path("openapi").asString()).startsWith("3.1.");
        assertThat(document.path("paths").size()).isGreaterThan(10);
    }

    /** Each mapped route is described, and nothing else. */
    @Test
    void theDescriptionHasEachRouteThatIsThere() {
        Set<String> mapped = new TreeSet<>();
        core.beans(RequestMappingHandlerMapping.class).forEach(mapping -> mapping.getHandlerMethods()
                .keySet()
                .forEach(route -> route.getPatternsCondition()
                        .getPatterns()
                        .forEach(pattern -> route.getMethodsCondition()
                                .getMethods()
                                .forEach(method -> mapped.add(method + " " + pattern.getPatternString())))));
        mapped.removeIf(route -> !route.contains(" " + V1 + "/") || route.contains("/openapi"));
        assertThat(described()).isEqualTo(mapped);
    }

    @Test
    void eachRouteNeedsAToken() throws Exception {
        for (String route : described()) {
            String[] parts = route.split(" ");
            HttpResponse<String> refused =
                    send(parts[0], parts[1].substring(V1.length()).replaceAll("\\{[^}]*}", "x"), null, false);
            assertThat(refused.statusCode()).as(route).isEqualTo(401);
            assertValid(route, refused);
        }
    }

    @Test
    void eachRouteAnswersAsItIsDescribed() throws Exception {
        call("GET /system", "/system", null);
        call("GET /config", "/config", null);
        call("GET /keys", "/keys", null);
        JsonNode keys = call("POST /keys/rotate", "/keys/rotate", null);
        refused("DELETE /keys/{kid}", "/keys/" + keys.path("items").path(0).path("kid").asString(), 409);
        aUserLives();
        aRealmLives();
        dataIsNotThere();
        JsonNode token = call("POST /service-tokens", "/service-tokens", "{\"name\":\"a\",\"role\":\"auditor\"}");
        call("GET /service-tokens", "/service-tokens", null);
        call("POST /tokens/inspect", "/tokens/inspect", "{\"token\":\"" + token.path("token").asString() + "\"}");
        call("DELETE /service-tokens/{id}", "/service-tokens/" + token.path("id").asString(), null);
        call("GET /sessions", "/sessions", null);
        refused("DELETE /sessions/{id}", "/sessions/MSBodHRwOi8veA", 404);
        aGroupIsOrdered();
        backupsAreMade();
        assertThat(called).isEqualTo(described());
    }

    /** There is no worker, so that orders are answered with an error that is described. */
    private void aGroupIsOrdered() throws Exception {
        call("GET /groups", "/groups", null);
        call("GET /groups/{label}", "/groups/default", null);
        for (String order : new String[] {"step-down", "pause", "resume", "replace-backup", "reseed-record"}) {
            refused("POST /groups/{label}/" + order, "/groups/default/" + order, 503);
        }
        String promote = "/groups/default/force-promote";
        refused("POST /groups/{label}/force-promote", promote, "{\"acceptDataLoss\":true}", 503);
        refused("POST /groups/{label}/force-promote", promote, "{\"acceptDataLoss\":false}", 400);
        String job = call("POST /groups/{label}/verify", "/groups/default/verify", null).path("jobId").asString();
        call("POST /jobs/{id}/cancel", "/jobs/" + job + "/cancel", null);
        call("GET /jobs", "/jobs?type=group-verify", null);
        call("GET /jobs/{id}", "/jobs/" + job, null);
    }

    /** There is no worker, so that none is ever complete. */
    private void backupsAreMade() throws Exception {
        call("GET /backups", "/backups", null);
        String scope = "{\"scope\":{\"labels\":[\"default\"],\"paths\":[\"/club/*\",\"news\"]}}";
        String job = call("POST /backups", "/backups", scope).path("jobId").asString();
        call("POST /jobs/{id}/cancel", "/jobs/" + job + "/cancel", null);
        refused("POST /backups", "/backups", "{\"mode\":\"incremental\"}", 400);
        String none = "/backups/6b046b7aeb379c8e5193eba1";
        refused("GET /backups/{id}", none, 404);
        refused("DELETE /backups/{id}", none, 404);
        refused("DELETE /backups/{id}", "/backups/mine", 404);
        refused("POST /backups/{id}/verify", none + "/verify", 404);
        String restore = "{\"backupId\":\"6b046b7aeb379c8e5193eba1\",\"mode\":\"replace\",\"paths\":[\"news\"]}";
        refused("POST /restores", "/restores", restore, 404);
        refused("POST /restores", "/restores", restore.replace("replace", "merge"), 400);
    }

    private void aUserLives() throws Exception {
        String body = "{\"providerId\":\"a@example.com\",\"password\":\"a password\"}";
        String user = "/users/" + call("POST /users", "/users", body).path("id").asString();
        refused("POST /users", "/users", body, 400);
        call("GET /users", "/users?search=a@", null);
        call("GET /users/{id}", user, null);
        call("PATCH /users/{id}", user, "{\"customData\":{\"a\":{\"b\":[1]}}}");
        call("PUT /realms/{name}", "/realms/mine", "{}");
        call("PUT /realms/{name}/permissions/{userId}", "/realms/mine/permissions/" + user.substring(7),
                "{\"accessLevel\":\"read\"}");
        call("GET /users/{id}/permissions", user + "/permissions", null);
        call("POST /users/{id}/revoke-tokens", user + "/revoke-tokens", null);
        call("DELETE /users/{id}", user, null);
        refused("GET /users/{id}", user, 404);
    }

    private void aRealmLives() throws Exception {
        call("POST /realms", "/realms", "{\"path\":\"/a/b\"}");
        String realm = "/realms/%2Fa%2Fb";
        call("GET /realms", "/realms", null);
        call("GET /realms/{name}", realm, null);
        call("PUT /realms/{name}", realm, "{\"realmType\":\"reference\"}");
        call("PUT /realms/{name}/permissions/{userId}", realm + "/permissions/*", "{\"accessLevel\":\"admin\"}");
        call("GET /realms/{name}/permissions", realm + "/permissions", null);
        call("GET /realms/{name}/permissions/{userId}", realm + "/permissions/*", null);
        call("DELETE /realms/{name}/permissions/{userId}", realm + "/permissions/*", null);
        call("DELETE /realms/{name}", realm, null);
        JsonNode trash = call("GET /trash", "/trash", null);
        call("POST /realms", "/realms", "{\"path\":\"/a/c\"}");
        call("POST /realms/{name}/move", "/realms/%2Fa%2Fc/move", "{\"toLabel\":\"default\"}");
        refused("POST /realms/{name}/move", "/realms/%2Fa%2Fc/move", "{\"toLabel\":\"nowhere\"}", 400);
        refused("DELETE /trash/{trashId}", "/trash/eA", 404);
        call("POST /trash/{trashId}/restore",
                "/trash/" + trash.path("items").path(0).path("trashId").asString() + "/restore", null);
    }

    /** The data of realms comes from workers, and none is here. */
    private void dataIsNotThere() throws Exception {
        for (String route : described()) {
            if (route.matches(".* /admin/v1/realms/\\{name}/(schema|objects/.*|transactions|changes)")) {
                String path = route.substring(route.indexOf(V1) + V1.length()).replaceAll("\\{[^}]*}", "none");
                refused(route.replace(V1, ""), path, "{}", 404);
            }
        }
    }

    /** Calls a route; the answer must be one of success. */
    private JsonNode call(String route, String path, @Nullable String body) throws Exception {
        HttpResponse<String> response = send(route.substring(0, route.indexOf(' ')), path, body, true);
        assertThat(response.statusCode()).as(route + ": " + response.body()).isBetween(200, 299);
        assertValid(named(route), response);
        called.add(named(route));
        return response.body().isEmpty() ? JSON.missingNode() : JSON.readTree(response.body());
    }

    private void refused(String route, String path, int status) throws Exception {
        refused(route, path, null, status);
    }

    private void refused(String route, String path, @Nullable String body, int status) throws Exception {
        HttpResponse<String> response = send(route.substring(0, route.indexOf(' ')), path, body, true);
        assertThat(response.statusCode()).as(route).isEqualTo(status);
        assertValid(named(route), response);
        called.add(named(route));
    }

    private static String named(String route) {
        return route.replaceFirst(" ", " " + V1);
    }

    /** Checks the body, which must have nothing that is not described. */
    private static void assertValid(String route, HttpResponse<String> response) {
        String[] parts = route.split(" ");
        JsonNode responses = document.path("paths").path(parts[1]).path(parts[0].toLowerCase(Locale.ROOT))
                .path("responses");
        String status = Integer.toString(response.statusCode());
        JsonNode described = responses.path(responses.has(status) || response.statusCode() < 300 ? status : "default");
        assertThat(described.isMissingNode()).as("%s does not tell of %s", route, status).isFalse();
        JsonNode content = described.path("content");
        if (content.isEmpty()) {
            assertThat(response.body()).as(route).isEmpty();
            return;
        }
        Map.Entry<String, JsonNode> only = content.properties().iterator().next();
        assertThat(response.headers().firstValue("Content-Type")).as(route).hasValue(only.getKey());
        assertThat(schema(only.getValue().path("schema")).validate(JSON.readTree(response.body())))
                .as(route + ": " + response.body())
                .extracting(Error::toString)
                .isEmpty();
    }

    private static Schema schema(JsonNode described) {
        ObjectNode schema = ((ObjectNode) described.deepCopy());
        ObjectNode components = schema.putObject("components");
        components.set("schemas", document.path("components").path("schemas").deepCopy());
        components.path("schemas").forEach(each -> {
            if (each.has("properties")) {
                ((ObjectNode) each).put("additionalProperties", false);
            }
        });
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(schema);
    }
}
