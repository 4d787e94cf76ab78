// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.rocks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openros.storage.StorageException;
import org.openros.storage.StorageException.Reason;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class StoreFolderTest {
    @TempDir
    private Path folder;

    private static AbstractThrowableAssert<?, ?> assertRefused(Path path, Reason reason) {
        return assertThatThrownBy(() -> StoreFolder.open(path, null, true, failpoint -> {}))
                .isInstanceOfSatisfying(StorageException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    @Test
    void storeKeepsItsId() {
        UUID first = idOf(folder.resolve("a/b"));

        assertThat(idOf(folder.resolve("a/b"))).isEqualTo(first);
        assertThat(idOf(folder.resolve("c"))).isNotEqualTo(first);
    }

    private static UUID idOf(Path path) {
        try (StoreFolder store = StoreFolder.open(path, null, true, failpoint -> {})) {
            return store.record().store().value();
        }
    }

    @Test
    void folderInUseNamesTheProcess() {
        try (StoreFolder store = StoreFolder.open(folder, null, true, failpoint -> {})) {
            assertRefused(store.path(), Reason.IN_USE)
                    .hasMessageContaining("process " + ProcessHandle.current().pid())
                    .hasMessageContaining(folder.toString());
        }
    }

    @Test
    void folderThatCannotBeMadeIsNotAccessible() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertRefused(file.resolve("data"), Reason.NOT_ACCESSIBLE).hasMessageContaining("check owner and permissions");
    }

    @Test
    void folderWithOtherFilesIsRefusedAndLeftAlone() throws IOException {
        Files.createFile(folder.resolve("photo.jpg"));

        assertRefused(folder, Reason.UNKNOWN_FORMAT).hasMessageContaining("photo.jpg");
        assertThat(folder.resolve("store.json")).doesNotExist();
    }

    @Test
    void rootOfAMountedDiskIsFine() throws IOException {
        Files.createDirectory(folder.resolve("lost+found"));
        Files.createFile(folder.resolve(".hidden"));

        assertThat(idOf(folder)).isNotNull();
    }

    @Test
    void storeWithoutIdentityIsRefused() throws IOException {
        try (RocksStorage storage = RocksStorage.open(folder, SmallStores.OPTIONS)) {
            assertThat(storage.realms("", null, 1)).isEmpty();
        }
        Files.delete(folder.resolve("store.json"));

        assertRefused(folder, Reason.UNKNOWN_FORMAT).hasMessageContaining("restore the file");
    }

    @Test
    void newerFormatIsRefused() throws IOException {
        Files.writeString(folder.resolve("store.json"), "{\"formatLevel\":3,\"storeId\":\"" + new UUID(0, 1) + "\"}");

        assertRefused(folder, Reason.UNKNOWN_FORMAT).hasMessageContaining("format level 3");
    }

    @Test
    void damagedIdentityIsCorrupt() throws IOException {
        Files.writeString(folder.resolve("store.json"), "{\"formatLevel\":1,\"sto");

        assertRefused(folder, Reason.CORRUPT).hasMessageContaining("store.json");
    }
}
