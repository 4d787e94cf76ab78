// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What browsers are told about pages of other origins. */
class CorsTest {
    private static RawClient.Response ask(Surroundings around, String method, String origin, String further)
            throws IOException {
        try (RawClient client = new RawClient(around.port())) {
            return client.request(method + " /api/client/v2.0/auth/session HTTP/1.1\r\nHost: x\r\nOrigin: " + origin
                    + "\r\n" + further + "Content-Length: 0\r\n\r\n");
        }
    }

    private static RawClient.Response preflight(Surroundings around, String origin) throws IOException {
        return ask(around, "OPTIONS", origin, "Access-Control-Request-Method: POST\r\n"
                + "Access-Control-Request-Headers: authorization,content-type\r\n");
    }

    @Test
    void listedPagesMayAskAndRead() throws IOException {
        try (Surroundings around = Surroundings.start(Map.of("ros.gateway.cors.origins", "https://app.example"))) {
            RawClient.Response allowed = preflight(around, "https://app.example");
            assertThat(allowed.status()).isEqualTo(200);
            assertThat(allowed.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example");
            assertThat(allowed.header("Access-Control-Allow-Headers")).contains("authorization");
            assertThat(allowed.header("Access-Control-Allow-Credentials")).isNull();
            RawClient.Response answer = ask(around, "POST", "https://app.example", "");
            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example");
        }
    }

    @Test
    void otherPagesGetNoPermissionButTheirCallsAreNot403() throws IOException {
        try (Surroundings around = Surroundings.start(Map.of("ros.gateway.cors.origins", "https://app.example"))) {
            assertThat(preflight(around, "https://evil.example").header("Access-Control-Allow-Origin")).isNull();
            RawClient.Response answer = ask(around, "POST", "https://evil.example", "");
            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.header("Access-Control-Allow-Origin")).isNull();
        }
    }

    @Test
    void withoutSettingsNoPageIsListed() throws IOException {
        try (Surroundings around = Surroundings.start(Map.of())) {
            assertThat(preflight(around, "https://app.example").header("Access-Control-Allow-Origin")).isNull();
            RawClient.Response answer = ask(around, "POST", "null", "");
            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.header("Access-Control-Allow-Origin")).isNull();
        }
    }
}
