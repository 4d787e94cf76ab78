// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

/** The PROXY protocol, with which a balancer tells whom it speaks for. */
class ProxyProtocolTest {
    private static final String LOCATION =
            "GET /api/client/v2.0/app/a/location HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 192.0.2.9\r\n\r\n";
    private static final byte[] VERSION_1 = "PROXY TCP4 198.51.100.7 203.0.113.1 5000 443\r\n".getBytes(ISO_8859_1);

    private static Surroundings believing(String balancers) throws IOException {
        return Surroundings.start(Map.of("ros.gateway.proxy-protocol-from", balancers));
    }

    /** TCP over IPv4 from 198.51.100.7 (PROXY protocol, section 2.2). */
    private static byte[] version2() {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        header.writeBytes(new byte[] {0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A});
        header.writeBytes(new byte[] {0x21, 0x11, 0, 12});
        header.writeBytes(new byte[] {(byte) 198, 51, 100, 7, (byte) 203, 0, 113, 1, 0x13, (byte) 0x88, 1,
                (byte) 0xBB});
        return header.toByteArray();
    }

    private static void assertBelieved(byte[] header) throws IOException {
        try (Surroundings around = believing("127.0.0.0/8"); RawClient client = new RawClient(around.port())) {
            client.sendRaw(header);
            assertThat(client.request(LOCATION).status()).isEqualTo(201);
            assertThat(around.core.forwarded.getFirst().headers()).containsEntry("X-Forwarded-For", "198.51.100.7");
        }
    }

    @Test
    void version1OfANamedBalancerIsBelieved() throws IOException {
        assertBelieved(VERSION_1);
    }

    @Test
    void version2OfANamedBalancerIsBelieved() throws IOException {
        assertBelieved(version2());
    }

    @Test
    void aNamedBalancerMayLeaveItOut() throws IOException {
        try (Surroundings around = believing("127.0.0.0/8"); RawClient client = new RawClient(around.port())) {
            assertThat(client.request(LOCATION).status()).isEqualTo(201);
        }
    }

    @Test
    void syncConnectionsAreCountedForTheToldClient() throws IOException {
        Map<String, Object> settings =
                Map.of("ros.gateway.proxy-protocol-from", "127.0.0.1", "ros.gateway.connections-per-address", 1);
        try (Surroundings around = Surroundings.start(settings);
                RawClient one = new RawClient(around.port());
                RawClient again = new RawClient(around.port())) {
            one.sendRaw(VERSION_1);
            one.open(RawClient.ALL_VERSIONS);
            again.sendRaw(version2());
            assertThat(again.request(LOCATION).status()).isEqualTo(503);
        }
    }

    @Test
    void whoeverElseSpeaksItIsRefused() throws IOException {
        for (Surroundings around : new Surroundings[] {believing("10.0.0.0/8"), Surroundings.start(Map.of())}) {
            try (around; RawClient client = new RawClient(around.port())) {
                client.sendRaw(VERSION_1);
                assertThat(client.request(LOCATION).status()).isEqualTo(400);
                assertThat(around.core.forwarded).isEmpty();
            }
        }
    }
}
