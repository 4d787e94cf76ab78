// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ListenAddressTest {
    @Test
    void portInUseIsNamedWithWhatToDo() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatExceptionOfType(StartFailure.class)
                    .isThrownBy(() -> ListenAddress.of("127.0.0.1", taken.getLocalPort()))
                    .withMessageContainingAll("127.0.0.1:" + taken.getLocalPort(), "--port")
                    .satisfies(failure -> assertThat(failure.status()).isEqualTo(ExitStatus.ADDRESS));
        }
    }

    @Test
    void addressOfAnotherMachineIsRefused() {
        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> ListenAddress.of("192.0.2.1", 9080))
                .satisfies(failure -> assertThat(failure.status()).isEqualTo(ExitStatus.ADDRESS));
    }

    @Test
    void portZeroBecomesAFreeOne() {
        assertThat(ListenAddress.of("127.0.0.1", 0).port()).isPositive();
    }

    @Test
    void urlOfAllAddressesIsOneThatCanBeOpened() {
        ListenAddress all = ListenAddress.of("0.0.0.0", 0);

        assertThat(all.url()).isEqualTo("http://127.0.0.1:" + all.port());
    }
}
