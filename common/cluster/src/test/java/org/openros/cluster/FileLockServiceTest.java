// SPDX-License-Identifier: Apache-2.0
package org.openros.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openros.cluster.LockService.Operation.CompareAndSet;
import org.openros.cluster.LockService.Operation.Delete;
import org.openros.cluster.LockService.Operation.Lock;
import org.openros.cluster.LockService.Operation.Put;
import org.openros.cluster.LockService.Outcome.Done;
import org.openros.cluster.LockService.Outcome.Refused;
import org.openros.cluster.LockService.Value;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The contract for {@link EmbeddedLockService} kept in a file, and what the file adds. */
class FileLockServiceTest extends EmbeddedContract {
    private static final Duration TTL = Duration.ofSeconds(15);

    @TempDir
    Path folder;

    @Override
    LockService open(MonotonicClock time) throws LockServiceException {
        return EmbeddedLockService.keptIn(folder.resolve("contract.json"), time);
    }

    @Test
    void valuesOutliveTheProcessWithTheirIndex() throws LockServiceException {
        long index;
        try (LockService before = kept()) {
            before.transact(List.of(new Put("other", bytes("gone"))));
            index = ((Done) before.transact(List.of(new Put("record", bytes("epoch 3")), new Delete("other")))).index();
        }

        try (LockService after = kept()) {
            Value value = requireNonNull(after.get("record"));
            assertThat(value.content()).isEqualTo(bytes("epoch 3"));
            assertThat(value.index()).isEqualTo(index);
            assertThat(after.list("")).hasSize(1);
            assertThat(after.transact(List.of(new CompareAndSet("record", bytes("epoch 4"), index))))
                    .isEqualTo(new Done(index + 1));
        }
    }

    @Test
    void sessionsLocksAndPresenceEndWithTheProcess() throws LockServiceException {
        String session;
        try (LockService before = kept()) {
            session = before.openSession("before", TTL);
            before.putWhileAlive("nodes/a", bytes("here"), session);
            before.transact(List.of(new Lock("leader", bytes("epoch 3"), session)));
        }

        try (LockService after = kept()) {
            assertThat(after.renewSession(session)).isFalse();
            assertThat(requireNonNull(after.get("leader")).session()).isNull();
            assertThat(after.get("nodes/a")).isNull();
        }
    }

    @Test
    void refusedTransactionAndPresenceLeaveTheFileAlone() throws LockServiceException, IOException {
        try (LockService locks = kept()) {
            locks.transact(List.of(new Put("record", bytes("x"))));
            byte[] before = Files.readAllBytes(file());

            assertThat(locks.transact(List.of(new Put("y", bytes("y")), new CompareAndSet("record", bytes("z"), 0))))
                    .isInstanceOf(Refused.class);
            locks.putWhileAlive("nodes/a", bytes("here"), locks.openSession("a", TTL));

            assertThat(Files.readAllBytes(file())).isEqualTo(before);
        }
    }

    @Test
    void changeThatCannotBeWrittenIsNotDone() throws LockServiceException, IOException {
        try (LockService locks = kept()) {
            locks.transact(List.of(new Put("record", bytes("old"))));
            Files.createDirectory(folder.resolve("locks.json.new"));

            assertThatThrownBy(() -> locks.transact(List.of(new Put("record", bytes("new")))))
                    .isInstanceOfSatisfying(
                            LockServiceException.class,
                            e -> assertThat(e.isOutcomeUnknown()).isFalse())
                    .hasMessageContaining("locks.json.new");

            assertThat(requireNonNull(locks.get("record")).content()).isEqualTo(bytes("old"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{\"format\":1",
                "{\"format\":2,\"index\":1,\"values\":{}}",
                "{\"format\":1,\"values\":{}}",
                "{\"format\":1,\"index\":1,\"values\":{\"record\":{\"index\":1,\"content\":\"%%\"}}}",
                "{\"format\":1,\"index\":1,\"values\":{\"record\":{\"index\":1,\"content\":7}}}",
                "[]"
            })
    void damagedFileIsRefusedWithItsNameAndAFix(String content) throws IOException {
        Files.writeString(file(), content);

        assertThatThrownBy(this::kept)
                .isInstanceOf(LockServiceException.class)
                .hasMessageContaining(file().toString())
                .hasMessageContaining("reseed-record");
    }

    private Path file() {
        return folder.resolve("locks.json");
    }

    private EmbeddedLockService kept() throws LockServiceException {
        return EmbeddedLockService.keptIn(file(), MonotonicClock.system());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
