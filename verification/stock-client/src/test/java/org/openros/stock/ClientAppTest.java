// SPDX-License-Identifier: Apache-2.0
package org.openros.stock;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ClientAppTest {
    @TempDir
    Path folder;

    @Test
    void serverThatIsNotThereIsReportedToTheApp() {
        try (ClientApp app = new ClientApp("http://127.0.0.1:1", "nowhere", folder)) {
            assertThatExceptionOfType(AppFailure.class)
                    .isThrownBy(app::logInAnonymously)
                    .withMessageContaining("ConnectException");
        }
    }
}
