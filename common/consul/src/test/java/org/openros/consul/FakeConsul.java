// SPDX-License-Identifier: Apache-2.0
package org.openros.consul;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Answers in Consul's place what the test wants, also what a healthy Consul would not. */
final class FakeConsul implements AutoCloseable {
    /** How it answers. */
    interface Answers {
        /** The answer to a request, which may also never come. */
        Answer to(String request) throws InterruptedException;
    }

    /** An answer; the index is left out when it is negative. */
    record Answer(int status, String body, long index) {}

    final List<String> requests = new CopyOnWriteArrayList<>();
    final List<String> bodies = new CopyOnWriteArrayList<>();
    final List<String> tokens = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private volatile Answers answers = request -> new Answer(404, "", 1);

    FakeConsul() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    void answer(Answers next) {
        answers = next;
    }

    void answer(int status, String body) {
        answers = request -> new Answer(status, body, 1);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void handle(HttpExchange exchange) throws IOException {
        String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        requests.add(request);
        tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("X-Consul-Token")));
        try (exchange) {
            Answer answer = answers.to(request);
            if (answer.index >= 0) {
                exchange.getResponseHeaders().set("X-Consul-Index", Long.toString(answer.index));
            }
            byte[] body = answer.body.getBytes(UTF_8);
            exchange.sendResponseHeaders(answer.status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        server.stop(0);
    }
}
