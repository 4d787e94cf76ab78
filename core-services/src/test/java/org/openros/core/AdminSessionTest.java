// SPDX-License-Identifier: Apache-2.0
package org.openros.core;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openros.core.ApiClient.Reply;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Open sessions through the administrators' interface, at gateways that have what they are told to. */
class AdminSessionTest {
    private static final String SESSIONS = "/admin/v1/sessions";

    @TempDir
    Path folder;

    private final FakeGateway one = new FakeGateway();
    private final FakeGateway two = new FakeGateway();
    private CoreServicesRunner core;
    private ApiClient client;
    private String admin = "";

    /** Answers as gateways do, with its sessions by number. */
    private static final class FakeGateway {
        private final HttpServer server;
        private final Map<Long, String> sessions = new TreeMap<>();

        FakeGateway() {
            try {
                server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            server.createContext("/internal/v1/sessions", this::answer);
            server.start();
        }

        private synchronized void answer(HttpExchange exchange) throws IOException {
            if (exchange.getRequestMethod().equals("DELETE")) {
                String path = exchange.getRequestURI().getPath();
                boolean there = sessions.remove(Long.parseLong(path.substring(path.lastIndexOf('/') + 1))) != null;
                exchange.sendResponseHeaders(there ? 204 : 404, -1);
                exchange.close();
                return;
            }
            Map<String, String> query = Arrays.stream(exchange.getRequestURI().getQuery().split("&"))
                    .map(parameter -> parameter.split("=", 2))
                    .collect(Collectors.toMap(parameter -> parameter[0], parameter -> parameter[1]));
            String found = sessions.entrySet().stream()
                    .filter(session -> session.getKey() > Long.parseLong(query.get("after")))
                    .filter(session -> session.getValue().contains(query.getOrDefault("user", "")))
                    .filter(session -> query.getOrDefault("path", "").isEmpty()
                            || session.getValue().startsWith(query.get("path") + " "))
                    .limit(Long.parseLong(query.get("limit")))
                    .map(FakeGateway::json)
                    .collect(Collectors.joining(","));
            byte[] body = ("{\"sessions\":[" + found + "]}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }

        private static String json(Map.Entry<Long, String> session) {
            String[] parts = session.getValue().split(" ");
            return "{\"number\":" + session.getKey() + ",\"path\":\"" + parts[0] + "\",\"userId\":\"" + parts[1]
                    + "\",\"since\":1000}";
        }

        String url() {
            return "http://127.0.0.1:" + server.getAddress().getPort();
        }
    }

    @BeforeEach
    void start() throws Exception {
        core = CoreServicesRunner.start(
                folder.resolve("keys.json"),
                "--ros.apps=shop",
                "--ros.gateways.urls=" + one.url() + "," + two.url(),
                "--ros.auth.admin-token-file=" + folder.resolve("admin.json"));
        client = new ApiClient(core.url());
        admin = CoreServicesRunner.adminToken(folder.resolve("admin.json"));
        one.sessions.putAll(Map.of(1L, "/shop/a u1", 2L, "/shop/b u2"));
        two.sessions.putAll(Map.of(1L, "/shop/a u2", 5L, "/shop/c u1"));
    }

    @AfterEach
    void stop() {
        client.close();
        core.close();
        one.server.stop(0);
        two.server.stop(0);
    }

    private JsonNode list(String query) {
        Reply reply = client.get(SESSIONS + query, admin);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json();
    }

    private static List<String> names(JsonNode page) {
        return page.path("items").valueStream()
                .map(session -> session.path("path").asString() + " " + session.path("userId").asString())
                .toList();
    }

    @Test
    void sessionsOfAllGatewaysAreListedPartByPart() {
        assertThat(names(list(""))).containsExactlyInAnyOrder("a u1", "b u2", "a u2", "c u1");
        assertThat(names(list("?user=u1"))).containsExactlyInAnyOrder("a u1", "c u1");
        assertThat(names(list("?path=a"))).containsExactlyInAnyOrder("a u1", "a u2");
        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = list("?limit=1" + cursor);
            seen.addAll(names(page));
            cursor = page.path("nextCursor").isString() ? "&cursor=" + page.path("nextCursor").asString() : "";
        } while (!cursor.isEmpty());
        assertThat(seen).containsExactlyInAnyOrder("a u1", "b u2", "a u2", "c u1");
        assertThat(list("").path("items").path(0).path("connectedAt").asString()).isEqualTo("1970-01-01T00:00:01.000Z");
    }

    @Test
    void aSessionIsEndedAtItsGateway() {
        String id = list("?user=u1&path=c").path("items").path(0).path("id").asString();
        assertThat(client.delete(SESSIONS + "/" + id, admin).status()).isEqualTo(204);
        assertThat(two.sessions).containsOnlyKeys(1L);
        assertThat(client.delete(SESSIONS + "/" + id, admin).json().path("code").asInt()).isEqualTo(906);
    }

    @Test
    void aGatewayThatIsAwayIsNamedAndTheOthersAnswer() {
        String id = list("?user=u1&path=c").path("items").path(0).path("id").asString();
        two.server.stop(0);
        JsonNode page = list("");
        assertThat(names(page)).containsExactly("a u1", "b u2");
        assertThat(page.path("unreachable").valueStream().map(JsonNode::asString)).containsExactly(two.url());
        assertThat(client.delete(SESSIONS + "/" + id, admin).status()).isEqualTo(503);
    }

    @Test
    void anIdLeadsToNoOtherAddressThanThatOfAGateway() {
        String foreign = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(("1 http://127.0.0.1:1").getBytes(StandardCharsets.UTF_8));
        assertThat(client.delete(SESSIONS + "/" + foreign, admin).status()).isEqualTo(404);
        assertThat(client.delete(SESSIONS + "/nonsense", admin).status()).isEqualTo(400);
        assertThat(client.get(SESSIONS + "?cursor=%7B", admin).status()).isEqualTo(400);
    }

    @Test
    void aBadAddressOfAGatewayIsRefusedAtTheStart() {
        assertThatThrownBy(() -> CoreServicesRunner.start(folder.resolve("other.json"), "--ros.gateways.urls=gw:9080"))
                .rootCause()
                .hasMessageContaining("ros.gateways.urls");
    }
}
