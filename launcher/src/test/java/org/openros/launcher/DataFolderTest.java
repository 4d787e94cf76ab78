// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DataFolderTest {
    @TempDir
    Path temporary;

    @Test
    void secretIsMadeOnceAndLongEnough() {
        String first = DataFolder.open(temporary.resolve("data")).keys().internalSecret();
        String second = DataFolder.open(temporary.resolve("data")).keys().internalSecret();

        assertThat(first).isEqualTo(second).hasSizeGreaterThanOrEqualTo(32);
        assertThat(DataFolder.open(temporary.resolve("other")).keys().internalSecret()).isNotEqualTo(first);
    }

    @Test
    void keysAreForTheOwnerOnly() throws IOException {
        DataFolder.open(temporary).keys().internalSecret();

        assertThat(permissions(temporary.resolve("keys"))).isEqualTo("rwx------");
        assertThat(permissions(temporary.resolve("keys/internal-secret"))).isEqualTo("rw-------");
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void fileInPlaceOfTheFolderIsNamed() throws IOException {
        Path file = Files.createFile(temporary.resolve("data"));

        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> DataFolder.open(file))
                .withMessageContainingAll(file.toString(), "--data")
                .satisfies(failure -> assertThat(failure.status()).isEqualTo(ExitStatus.DATA));
    }

    @Test
    void folderThatCannotBeMadeIsNamed() {
        Path impossible = Path.of("/proc/openros");

        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> DataFolder.open(impossible))
                .withMessageContainingAll("cannot write to", impossible.toString());
    }
}
