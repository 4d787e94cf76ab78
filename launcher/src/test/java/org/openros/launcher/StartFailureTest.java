// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openros.storage.StorageException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class StartFailureTest {
    private static StartFailure of(Throwable cause) {
        return StartFailure.of(new IllegalStateException("no bean", new IllegalStateException("no other bean", cause)));
    }

    @Test
    void wrongSettingIsNamedAndNothingElse() {
        StartFailure failure = of(new IllegalArgumentException("ros.worker.nodes has to name ros.worker.node"));

        assertThat(failure).hasMessage("ros.worker.nodes has to name ros.worker.node");
        assertThat(failure.status()).isEqualTo(ExitStatus.USAGE);
    }

    @Test
    void settingThatHasNoSuchFormIsNamed() {
        Binder binder = new Binder(new MapConfigurationPropertySource(Map.of("ros.worker.lease-ttl", "banana")));
        BindException unusable =
                catchThrowableOfType(BindException.class, () -> binder.bind("ros.worker.lease-ttl", Duration.class));

        assertThat(of(unusable)).hasMessageStartingWith("ros.worker.lease-ttl: ").hasMessageContaining("banana");
    }

    @Test
    void addressAndFolderHaveTheirExitCodes() {
        StartFailure address = of(new UncheckedIOException("cannot listen at grpc://x:1", new IOException("taken")));
        StartFailure folder =
                of(new StorageException(StorageException.Reason.FOREIGN, "the folder belongs to b", null));

        assertThat(address).hasMessage("cannot listen at grpc://x:1");
        assertThat(address.status()).isEqualTo(ExitStatus.ADDRESS);
        assertThat(folder).hasMessage("the folder belongs to b");
        assertThat(folder.status()).isEqualTo(ExitStatus.DATA);
    }

    @Test
    void anythingElseIsAFault() {
        assertThat(of(new IllegalArgumentException("something")).status()).isEqualTo(ExitStatus.FAULT);
    }
}
