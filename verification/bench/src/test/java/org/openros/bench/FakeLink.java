// SPDX-License-Identifier: Apache-2.0
package org.openros.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.openros.bench.client.ServerAddress;
import org.openros.bench.client.WorkerLink;
import org.openros.link.LinkServer;
import org.openros.link.SessionLink;
import org.openros.protocol.ClientMessage;
import org.openros.protocol.ClientMessageDecoder;
import tools.jackson.databind.json.JsonMapper;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A worker and core services that are just enough for a load generator without a gateway. */
final class FakeLink implements AutoCloseable, ServerCallHandler<byte[], byte[]> {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Map<String, FakeRealm> realms = new HashMap<>();
    private final LinkServer worker;
    private final HttpServer core;

    FakeLink() throws IOException {
        worker = LinkServer.start(URI.create("grpc://127.0.0.1:0"), this);
        core = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        core.createContext("/api/client/v2.0/app/test/auth/providers/anon-user/login",
                exchange -> answer(exchange, "{\"access_token\":\"a.b.c\"}"));
        core.createContext("/internal/v1/realms/authorize", FakeLink::authorize);
        core.start();
    }

    ServerAddress address() {
        URI coreUrl = URI.create("http://127.0.0.1:" + core.getAddress().getPort());
        return ServerAddress.ofWorker(
                new WorkerLink(worker.link(), coreUrl, "a secret of the test that is long enough"), "test");
    }

    private static void authorize(HttpExchange exchange) throws IOException {
        String partition =
                JSON.readTree(exchange.getRequestBody()).path("partition").stringValue();
        answer(exchange, JSON.writeValueAsString(Map.of("realmToken", "right to " + partition)));
    }

    private static void answer(HttpExchange exchange, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public ServerCall.Listener<byte[]> startCall(ServerCall<byte[], byte[]> call, Metadata headers) {
        call.sendHeaders(new Metadata());
        call.request(Integer.MAX_VALUE);
        return new Stream(call, String.valueOf(headers.get(SessionLink.REALM_TOKEN)));
    }

    private final class Stream extends ServerCall.Listener<byte[]> {
        private final ServerCall<byte[], byte[]> call;
        private final String right;
        private FakeRealm.Session session = new FakeRealm().new Session(0, message -> {});

        Stream(ServerCall<byte[], byte[]> call, String right) {
            this.call = call;
            this.right = right;
        }

        @Override
        public void onMessage(byte[] bytes) {
            synchronized (realms) {
                ClientMessage message = ClientMessageDecoder.decode(bytes);
                if (message instanceof ClientMessage.Bind bind) {
                    bind(bind);
                } else {
                    session.receive(message);
                }
            }
        }

        private void bind(ClientMessage.Bind bind) {
            if (!right.equals("right to " + bind.path())) {
                call.close(Status.UNAUTHENTICATED, new Metadata());
                return;
            }
            FakeRealm realm = realms.computeIfAbsent(bind.path(), path -> new FakeRealm());
            session = realm.new Session(bind.session(), answer -> call.sendMessage(answer.encode()));
        }

        @Override
        public void onCancel() {
            synchronized (realms) {
                session.leave();
            }
        }
    }

    @Override
    public void close() {
        worker.close();
        core.stop(0);
    }
}
