// SPDX-License-Identifier: Apache-2.0
package org.openros.chaos.cluster;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.openros.chaos.cluster.FaultyLink.Condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Only Linux has all of 127.0.0.0/8 without being told. */
@EnabledOnOs(OS.LINUX)
class FaultyLinkTest {
    @SuppressWarnings("NullAway.Init")
    private ServerSocket echo;
    @SuppressWarnings("NullAway.Init")
    private FaultyLink link;
    private int port;

    @BeforeEach
    void open() throws IOException {
        echo = listen(0);
        port = echo.getLocalPort();
        link = new FaultyLink(InetAddress.getByName("127.0.0.31"),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    @AfterEach
    void close() throws IOException {
        link.close();
        echo.close();
    }

    private static ServerSocket listen(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        Thread.ofVirtual().start(() -> answer(socket));
        return socket;
    }

    private static void answer(ServerSocket listener) {
        while (!listener.isClosed()) {
            try (Socket socket = listener.accept()) {
                socket.getInputStream().transferTo(socket.getOutputStream());
            } catch (IOException e) {
                continue; // the test is over, or a link was broken
            }
        }
    }

    private Socket dial() throws IOException {
        Socket socket = new Socket("127.0.0.31", port);
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static int ask(Socket socket) throws IOException {
        socket.getOutputStream().write('x');
        return socket.getInputStream().read();
    }

    @Test
    void openLinkCarriesBothWays() throws IOException {
        try (Socket socket = dial()) {
            assertThat(ask(socket)).isEqualTo('x');
        }
    }

    @Test
    void droppingLinkIsSilentAndWhatWasOnItIsResetWhenItIsMended() throws IOException {
        try (Socket socket = dial()) {
            assertThat(ask(socket)).isEqualTo('x');
            link.set(Condition.DROPPING);
            socket.setSoTimeout(300);
            assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> ask(socket));
            socket.setSoTimeout(10_000);
            link.set(Condition.OPEN);
            assertThatExceptionOfType(SocketException.class).isThrownBy(() -> ask(socket));
        }
    }

    @Test
    void rejectingLinkResetsWhatIsThereAndWhatComes() throws IOException {
        try (Socket before = dial()) {
            assertThat(ask(before)).isEqualTo('x');
            link.set(Condition.REJECTING);
            assertThatExceptionOfType(SocketException.class).isThrownBy(() -> ask(before));
        }
        assertThatExceptionOfType(SocketException.class).isThrownBy(() -> {
            try (Socket socket = dial()) {
                ask(socket);
            }
        });
    }

    @Test
    void linkToNobodyRefusesUntilSomebodyListensAgain() throws IOException {
        echo.close();
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() ->
                assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> dial().close()));

        echo = listen(port);
        Awaitility.await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> {
            try (Socket socket = dial()) {
                return ask(socket) == 'x';
            }
        });
    }
}
