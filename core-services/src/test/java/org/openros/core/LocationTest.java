// SPDX-License-Identifier: Apache-2.0
package org.openros.core;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class LocationTest {
    private static CoreServicesRunner core;

    @BeforeAll
    static void start(@TempDir Path folder) {
        core = CoreServicesRunner.start(folder.resolve("keys.json"));
    }

    @AfterAll
    static void stop() {
        core.close();
    }

    /** Asks with exactly these header lines, which no HTTP client library would send. */
    private static String location(String headers) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), core.url().getPort())) {
            socket.setSoTimeout(10_000);
            String request = "GET /api/client/v2.0/app/a/location HTTP/1.1\r\n" + headers.replace("|", "\r\n")
                    + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Host: sync.example.com:9090, http://sync.example.com:9090, ws://sync.example.com:9090",
        "Host: sync.example.com, http://sync.example.com, ws://sync.example.com",
        "Host: [::1]:9080, http://[::1]:9080, ws://[::1]:9080",
        "Host: n1|X-Forwarded-Host: sync.example.com|X-Forwarded-Proto: https, https://sync.example.com,"
                + " wss://sync.example.com",
        "Host: n1|X-Forwarded-Host: h:9080|X-Forwarded-Proto: http|X-Forwarded-Port: 9080, http://h:9080, ws://h:9080",
        "Host: n1|X-Forwarded-Host: h|X-Forwarded-Proto: http|X-Forwarded-Port: 9080, http://h:9080, ws://h:9080",
        "Host: n1|X-Forwarded-Host: h|X-Forwarded-Proto: https|X-Forwarded-Port: 443, https://h, wss://h",
        "'Host: n1|X-Forwarded-Host: outer, inner|X-Forwarded-Proto: https, http', https://outer, wss://outer"
    })
    void answersWithTheNameThatTheClientUsed(String headers, String http, String webSocket) throws IOException {
        String reply = location(headers);
        assertThat(reply).startsWith("HTTP/1.1 200").contains("\"hostname\":\"" + http + "\"")
                .contains("\"ws_hostname\":\"" + webSocket + "\"").contains("\"deployment_model\":\"GLOBAL\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host: a\"b", "Host: a/b", "Host: user@host", "Host: a b", "Host:", "Host: h:99999999",
        "Host: n1|X-Forwarded-Host: x<script>"})
    void namesThatAreNoneAreRefused(String headers) throws IOException {
        assertThat(location(headers)).startsWith("HTTP/1.1 400");
    }
}
