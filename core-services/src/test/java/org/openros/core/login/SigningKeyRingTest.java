// SPDX-License-Identifier: Apache-2.0
package org.openros.core.login;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openros.domain.token.SigningKeys;

import static org.assertj.core.api.Assertions.assertThat;

class SigningKeyRingTest {
    @TempDir
    private Path folder;

    private final AtomicLong now = new AtomicLong(1_000);
    private Path path;
    private SigningKeyRing ring;

    @BeforeEach
    void open() {
        path = folder.resolve("keys.json");
        ring = new SigningKeyRing(new SigningKeyFile(path), now::get);
    }

    private void settle() {
        now.addAndGet(SigningKeyRing.SETTLING.toNanos());
        ring.refresh();
    }

    @Test
    void newKeyIsKnownAtOnceAndSignsWhenItHasSettled() throws Exception {
        String old = ring.keys().keyIds().getFirst();
        ring.rotate();
        assertThat(ring.keys().keyIds()).hasSize(2).startsWith(old);
        now.addAndGet(SigningKeyRing.SETTLING.toNanos() - 1);
        ring.refresh();
        assertThat(ring.keys().keyIds()).startsWith(old);
        now.incrementAndGet();
        ring.refresh();
        assertThat(ring.keys().keyIds()).hasSize(2).endsWith(old);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path))).isEqualTo("rw-------");
    }

    @Test
    void processThatReadsTheSameFileFollows() throws Exception {
        SigningKeyRing other = new SigningKeyRing(new SigningKeyFile(path), now::get);
        ring.rotate();
        other.refresh();
        assertThat(other.keys().keyIds()).isEqualTo(ring.keys().keyIds());
    }

    @Test
    void damagedOrMissingFileChangesNothing() throws Exception {
        List<String> before = ring.keys().keyIds();
        Files.writeString(path, "{");
        ring.refresh();
        Files.delete(path);
        ring.refresh();
        assertThat(ring.keys().keyIds()).isEqualTo(before);
    }

    @Test
    void keyThatWasTakenAwayDoesNotSignAnyMore() throws Exception {
        SigningKeys other = SigningKeys.generate();
        Files.writeString(path, other.toPrivateJson());
        ring.refresh();
        assertThat(ring.keys().keyIds()).isEqualTo(other.keyIds());
    }

    @Test
    void keysAreNotKeptForEver() throws Exception {
        for (int i = 0; i < 12; i++) {
            ring.rotate();
            settle();
        }
        assertThat(ring.keys().keyIds()).hasSize(10);
    }
}
