// SPDX-License-Identifier: Apache-2.0
package org.openros.core.metadata;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.openros.core.metadata.FieldValue.Flag;
import org.openros.core.metadata.FieldValue.Moment;
import org.openros.core.metadata.FieldValue.Text;
import org.openros.core.metadata.FieldValue.Whole;
import org.openros.domain.token.InvalidTokenException;
import org.openros.domain.token.ServiceTokens;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The transaction API of a worker, on an in-memory store. Counts what it was asked, and fails when told to. */
final class FakeWorker implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    final AtomicInteger requests = new AtomicInteger();
    final AtomicInteger schemas = new AtomicInteger();
    final AtomicInteger refusals = new AtomicInteger();
    final AtomicInteger lostReplies = new AtomicInteger();

    private final InMemoryMetadataStore store = new InMemoryMetadataStore();
    private final Set<String> columns = new HashSet<>();
    private final ServiceTokens tokens;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private volatile boolean frozen;

    FakeWorker(ServiceTokens tokens) throws IOException {
        this.tokens = tokens;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/internal/v1/transactions", exchange -> serve(exchange, this::transact));
        server.createContext("/internal/v1/objects", exchange -> serve(exchange, this::object));
        server.setExecutor(threads);
        server.start();
    }

    URI api() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }

    /** From now on requests are taken and not answered until it is closed. */
    void freeze() {
        frozen = true;
    }

    private void serve(HttpExchange exchange, Route route) throws IOException {
        requests.incrementAndGet();
        if (frozen) {
            return;
        }
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Reply reply = refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0
                    ? new Reply(503, "{\"error\":\"not master\"}")
                    : authenticated(exchange) ? route.serve(exchange, body) : new Reply(401, "{}");
            if (lostReplies.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                return;
            }
            byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(reply.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private boolean authenticated(HttpExchange exchange) {
        String header = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        try {
            return tokens.verify(header.replaceFirst("^Bearer ", "")).equals("core-services");
        } catch (InvalidTokenException e) {
            return false;
        }
    }

    private synchronized Reply transact(HttpExchange exchange, String body) {
        JsonNode request = JSON.readTree(body);
        if (!request.path("realm").asString("").equals("/__system/auth")) {
            return new Reply(400, "{\"error\":\"unknown realm\"}");
        }
        Transaction.Builder transaction = Transaction.begin();
        request.path("preconditions").forEach(node -> addCondition(transaction, node));
        try {
            request.path("instructions").forEach(node -> addChange(transaction, node));
        } catch (IllegalArgumentException e) {
            return new Reply(400, JSON.createObjectNode().put("error", e.getMessage()).toString());
        }
        return store.commit(transaction.build())
                ? new Reply(200, "{\"serverVersion\":7}")
                : new Reply(409, "{\"failedPrecondition\":0}");
    }

    private static ObjectRef ref(JsonNode node) {
        String table = node.path("table").stringValue();
        for (MetadataTable known : MetadataTable.values()) {
            if (known.className().equals(table)) {
                return new ObjectRef(known, node.path("pk").path("string").stringValue());
            }
        }
        throw new IllegalArgumentException("no table " + table);
    }

    private static void addCondition(Transaction.Builder transaction, JsonNode node) {
        if (node.has("field")) {
            JsonNode value = node.path("equals");
            transaction.requireEquals(
                    ref(node), node.path("field").stringValue(), value.isNull() ? null : value(value));
        } else if (node.path("exists").booleanValue()) {
            transaction.requireExists(ref(node));
        } else {
            transaction.requireAbsent(ref(node));
        }
    }

    private void addChange(Transaction.Builder transaction, JsonNode node) {
        switch (node.path("op").stringValue()) {
            case "AddTable" -> schemas.incrementAndGet();
            case "AddColumn" -> columns.add(node.path("table").stringValue() + "." + node.path("field").stringValue());
            case "CreateObject" -> transaction.create(ref(node));
            case "EraseObject" -> transaction.erase(ref(node));
            case "Update" -> addUpdate(transaction, node);
            default -> throw new IllegalArgumentException("no instruction " + node);
        }
    }

    private void addUpdate(Transaction.Builder transaction, JsonNode node) {
        String field = node.path("field").stringValue();
        if (!columns.contains(node.path("table").stringValue() + "." + field) || !node.has("default")) {
            throw new IllegalArgumentException("no column " + node);
        }
        if (node.path("path").isEmpty()) {
            transaction.set(ref(node), field, value(node.path("value")));
        } else if (node.path("value").has("special")) {
            transaction.remove(ref(node), field, node.path("path").path(0).stringValue());
        } else {
            transaction.put(ref(node), field, node.path("path").path(0).stringValue(), value(node.path("value")));
        }
    }

    private static FieldValue value(JsonNode node) {
        Map.Entry<String, JsonNode> only = node.properties().iterator().next();
        JsonNode value = only.getValue();
        return switch (only.getKey()) {
            case "string" -> new Text(value.stringValue());
            case "bool" -> new Flag(value.booleanValue());
            case "int" -> new Whole(Long.parseLong(value.stringValue()));
            case "timestamp" ->
                new Moment(Instant.ofEpochSecond(
                        Long.parseLong(value.path("s").stringValue()), value.path("ns").intValue()));
            default -> throw new IllegalArgumentException("no type " + node);
        };
    }

    private Reply object(HttpExchange exchange, String body) {
        Map<String, String> query = new HashMap<>();
        for (String pair : exchange.getRequestURI().getRawQuery().split("&", -1)) {
            int end = pair.indexOf('=');
            query.put(pair.substring(0, end), URLDecoder.decode(pair.substring(end + 1), StandardCharsets.UTF_8));
        }
        if (!query.containsKey("pk")) {
            return new Reply(200, page(query).toString());
        }
        ObjectNode asked = JSON.createObjectNode().put("table", query.get("table"));
        asked.set("pk", JSON.readTree(query.get("pk")));
        StoredObject found = store.find(ref(asked));
        return found == null
                ? new Reply(404, "{\"found\":false}")
                : new Reply(200, withFields(asked, found).toString());
    }

    private ObjectNode page(Map<String, String> query) {
        ObjectNode asked = JSON.createObjectNode().put("table", query.get("table"));
        asked.putObject("pk").put("string", "");
        String after = query.containsKey("after")
                ? JSON.readTree(query.get("after")).path("string").stringValue()
                : null;
        ObjectNode page = JSON.createObjectNode();
        ArrayNode objects = page.putArray("objects");
        store.list(ref(asked).table(), "", after, Integer.parseInt(query.get("limit"))).forEach(each -> {
            ObjectNode object = objects.addObject();
            object.putObject("pk").put("string", each.key());
            withFields(object, each.object());
        });
        return page.putNull("next");
    }

    private static ObjectNode withFields(ObjectNode object, StoredObject found) {
        ObjectNode fields = object.putObject("fields").putNull("passwordHash");
        found.fields().forEach((field, value) -> fields.set(field, json(value)));
        found.dictionaries().forEach((field, entries) -> {
            ObjectNode dictionary = fields.putObject(field).putObject("dictionary");
            entries.forEach((entry, value) -> dictionary.set(entry, json(value)));
        });
        return object;
    }

    private static JsonNode json(FieldValue value) {
        ObjectNode node = JSON.createObjectNode();
        switch (value) {
            case Text(String text) -> node.put("string", text);
            case Flag(boolean flag) -> node.put("bool", flag);
            case Whole(long whole) -> node.put("int", Long.toString(whole));
            case Moment(Instant time) ->
                node.putObject("timestamp").put("s", Long.toString(time.getEpochSecond())).put("ns", time.getNano());
        }
        return node;
    }

    private interface Route {
        Reply serve(HttpExchange exchange, String body);
    }

    private record Reply(int status, String body) {}
}
