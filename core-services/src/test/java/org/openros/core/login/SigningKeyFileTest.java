// SPDX-License-Identifier: Apache-2.0
package org.openros.core.login;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openros.domain.token.SigningKeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class SigningKeyFileTest {
    @TempDir
    private Path folder;

    @Test
    void missingFileIsMadeOnceForItsOwnerOnly() throws IOException {
        Path path = folder.resolve("keys.json");
        List<String> made = new SigningKeyFile(path).loadOrCreate().keyIds();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path))).isEqualTo("rw-------");
        assertThat(new SigningKeyFile(path).loadOrCreate().keyIds()).isEqualTo(made);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(path);
        }
    }

    @Test
    void processesThatStartAtOnceAgreeOnTheKeys() throws Exception {
        Path path = folder.resolve("keys.json");
        Callable<List<String>> start = () -> new SigningKeyFile(path).loadOrCreate().keyIds();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<List<String>>> starts = threads.invokeAll(Collections.nCopies(8, start));
            List<String> keys = new SigningKeyFile(path).loadOrCreate().keyIds();
            for (Future<List<String>> each : starts) {
                assertThat(each.get()).isEqualTo(keys);
            }
        }
    }

    @Test
    void fileWithSeveralKeysIsTakenAsItIs() throws IOException {
        Path path = folder.resolve("keys.json");
        SigningKeys keys = SigningKeys.generate();
        Files.writeString(path, keys.toPrivateJson());
        assertThat(new SigningKeyFile(path).loadOrCreate().keyIds()).isEqualTo(keys.keyIds());
    }

    @Test
    void damagedFileIsNamedAndLeftAlone() throws IOException {
        Path path = folder.resolve("keys.json");
        Files.writeString(path, "{\"keys\":[");
        assertThatIllegalStateException().isThrownBy(() -> new SigningKeyFile(path).loadOrCreate())
                .withMessageContaining(path.toString());
        assertThat(path).hasContent("{\"keys\":[");
    }

    @Test
    void missingFolderIsNamed() {
        Path path = folder.resolve("nowhere/keys.json");
        assertThatIllegalStateException().isThrownBy(() -> new SigningKeyFile(path).loadOrCreate())
                .withMessageContaining(path.toString());
    }
}
