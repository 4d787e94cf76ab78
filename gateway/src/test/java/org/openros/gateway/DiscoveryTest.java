// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A gateway that finds core services. */
class DiscoveryTest {
    private static final String READY = "GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final String LOCATION = "GET /api/client/v2.0/app/a/location HTTP/1.1\r\nHost: x\r\n\r\n";
    private Surroundings around;

    @BeforeEach
    void start() throws IOException {
        around = Surroundings.start(Map.of("ros.core-services.urls", ""));
    }

    @AfterEach
    void stop() {
        around.close();
    }

    private int status(String request) throws IOException {
        try (RawClient client = new RawClient(around.port())) {
            return client.request(request).status();
        }
    }

    private int upgrade() throws IOException {
        try (RawClient client = new RawClient(around.port())) {
            return client.upgrade("/api/client/v2.0/app/a/realm-sync?baas_at=t", RawClient.ALL_VERSIONS, "")
                    .status();
        }
    }

    @Test
    void beforeAnInstanceIsFoundNobodyIsTurnedAway() throws IOException {
        assertThat(status(LOCATION)).isEqualTo(503);
        assertThat(upgrade()).isEqualTo(503);
        assertThat(status(READY)).isEqualTo(503);
        around.directory.tell(around.core.url());
        assertThat(status(LOCATION)).isEqualTo(201);
        assertThat(upgrade()).isEqualTo(101);
        assertThat(status(READY)).isEqualTo(200);
    }

    @Test
    void anInstanceThatRefusesConnectionsCostsNoCall() throws IOException {
        around.directory.tell(nobody(), around.core.url());
        for (int i = 0; i < 4; i++) {
            assertThat(status(LOCATION)).isEqualTo(201);
            assertThat(upgrade()).isEqualTo(101);
        }
    }

    private static URI nobody() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
    }
}
