// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.rocks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openros.storage.RealmHead;
import org.openros.storage.RealmStore;
import org.openros.storage.StorageException;
import org.openros.storage.StorageException.Reason;
import org.openros.storage.Write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.openros.storage.Realms.NOTES;
import static org.openros.storage.Realms.bytes;
import static org.openros.storage.Realms.commit;
import static org.openros.storage.Realms.entry;
import static org.openros.storage.Realms.putState;
import static org.openros.storage.Realms.realm;
import static org.openros.storage.Realms.version;
import static org.openros.storage.Realms.versions;

/** A copy of the files of a running store is what a killed process leaves behind. */
final class RecoveryTest {
    @TempDir
    private Path folder;

    private Path store() {
        return folder.resolve("store");
    }

    private RocksStorage open(Path path) {
        return RocksStorage.open(path, SmallStores.OPTIONS);
    }

    private Path killed() throws IOException {
        Path copy = folder.resolve("copy");
        try (Stream<Path> files = Files.walk(store())) {
            for (Path file : files.filter(path -> !path.endsWith("lock")).toList()) {
                Files.copy(file, copy.resolve(store().relativize(file)));
            }
        }
        return copy;
    }

    @Test
    void closedStoreContinuesWhereItWas() {
        try (RocksStorage storage = open(store())) {
            commit(storage, NOTES, new Write.PutEntry(entry(1, 10)), putState("k", "v"));
        }
        try (RocksStorage storage = open(store())) {
            assertThat(storage.realm(NOTES).head()).isEqualTo(new RealmHead(1, 31, 10, 1));
            assertThat(storage.realm(NOTES).state(bytes("k"))).isEqualTo(bytes("v"));
            commit(storage, NOTES, new Write.PutEntry(entry(2, 10)));
            commit(storage, realm(1), new Write.PutEntry(entry(1, 10)));
            assertThat(versions(storage.realm(NOTES), 0, 9)).containsExactly(1L, 2L);
            assertThat(storage.realms("", null, 9)).containsExactly(NOTES, realm(1));
        }
    }

    @Test
    void killedStoreHasEveryReportedCommit() throws IOException {
        try (RocksStorage storage = open(store())) {
            for (int i = 1; i <= 300; i++) {
                commit(storage, NOTES, new Write.PutEntry(entry(i, 100)), putState("k" + i, "v"));
            }
            try (RocksStorage again = open(killed())) {
                RealmStore realm = again.realm(NOTES);
                assertThat(versions(realm, 0, 999)).isEqualTo(LongStream.rangeClosed(1, 300).boxed().toList());
                assertThat(realm.head()).isEqualTo(storage.realm(NOTES).head());
                assertThat(realm.state(bytes("k300"))).isEqualTo(bytes("v"));
            }
        }
    }

    @Test
    void logStaysBoundedWhileTheStoreRuns() throws IOException {
        try (RocksStorage storage = open(store())) {
            commit(storage, NOTES, new Write.PutState(bytes("big"), new byte[1 << 20]));
            for (int i = 1; i <= 10_000; i++) {
                storage.commit(version(NOTES, i), failure -> {});
            }
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(logBytes()).isLessThan(1 << 20));
        }
    }

    private long logBytes() throws IOException {
        try (Stream<Path> files = Files.list(store().resolve("log"))) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    @Test
    void logAloneRebuildsTheStateAsLongAsItIsWhole() throws IOException {
        try (RocksStorage storage = open(store())) {
            commit(storage, NOTES, new Write.PutEntry(entry(1, 10)));
            Path copy = killed();
            new FileTree(copy.resolve("state")).delete();
            try (RocksStorage again = open(copy)) {
                assertThat(versions(again.realm(NOTES), 0, 9)).containsExactly(1L);
            }
        }
    }

    @Test
    void lostStateIsNoticed() throws IOException {
        try (RocksStorage storage = open(store())) {
            commit(storage, NOTES, new Write.PutEntry(entry(1, 10)));
        }
        try (RocksStorage storage = open(store())) {
            commit(storage, NOTES, new Write.PutEntry(entry(2, 10)));
        }
        new FileTree(store().resolve("state")).delete();
        Files.delete(store().resolve("log").resolve("00000001.seg"));

        assertCorrupt(store()).hasMessageContaining("neither in the log nor in the state");
    }

    @Test
    void stateOfAnotherStoreIsNoticed() throws IOException {
        Path other = folder.resolve("other");
        for (Path path : List.of(store(), other)) {
            try (RocksStorage storage = open(path)) {
                commit(storage, NOTES, new Write.PutEntry(entry(1, 10)));
            }
        }
        new FileTree(store().resolve("state")).delete();
        Files.move(other.resolve("state"), store().resolve("state"));

        assertCorrupt(store()).hasMessageContaining("another store");
    }

    @Test
    void damagedStateFileIsNoticed() throws IOException {
        try (RocksStorage storage = open(store())) {
            commit(storage, NOTES, new Write.PutEntry(entry(1, 10)));
        }
        try (Stream<Path> files = Files.list(store().resolve("state"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".sst")).toList()) {
                overwrite(file);
            }
        }

        assertCorrupt(store());
    }

    @Test
    void failedOpeningLeavesTheFolderFree() throws IOException {
        open(store()).close();
        Path segment = store().resolve("log").resolve("00000001.seg");
        await().until(() -> Files.exists(segment));
        byte[] good = Files.readAllBytes(segment);
        Files.write(segment, new byte[] {1, 2, 3});

        assertCorrupt(store()).hasMessageContaining(segment.toString());
        Files.write(segment, good);
        open(store()).close();
    }

    private AbstractThrowableAssert<?, ?> assertCorrupt(Path path) {
        return assertThatThrownBy(() -> {
                    try (RocksStorage storage = open(path)) {
                        storage.realm(NOTES).entry(1);
                    }
                })
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CORRUPT));
    }

    private static void overwrite(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            byte[] noise = new byte[(int) channel.size()];
            Arrays.fill(noise, (byte) 0x5A);
            channel.write(ByteBuffer.wrap(noise), 0);
        }
    }
}
