// SPDX-License-Identifier: Apache-2.0
package org.openros.core.backup;

import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openros.core.backup.Manifest.Kind;
import org.openros.core.backup.Manifest.StoredRealm;
import org.openros.core.directory.ModelServer;
import org.openros.core.directory.RealmFrames;
import org.openros.core.job.JobFailedException;
import org.openros.core.job.JobsInMemory;
import org.openros.core.metadata.StoreUnavailableException;
import org.openros.domain.GroupId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Backups of a model server, and their verification. */
class BackupWorkTest {
    private static final BackupScope ALL = new BackupScope(List.of(), List.of());

    @TempDir
    private Path root;

    private final ModelServer server = new ModelServer();
    private final AtomicLong room = new AtomicLong(Long.MAX_VALUE);
    private final Progress progress = new Progress();

    @AfterEach
    void clearInterrupt() {
        Thread.interrupted();
    }

    private BackupFolder folder() {
        return new BackupFolder(root, 1000, room::get, JsonMapper.shared());
    }

    private BackupWork work(Duration patience) {
        return new BackupWork(
                folder(), server.directory(), server.contents(), JobsInMemory.of(server.store()), Clock.systemUTC(),
                patience);
    }

    private static BackupId newId() {
        return BackupId.next(Instant.now());
    }

    private BackupId backUp(BackupScope scope) throws InterruptedException {
        BackupId id = newId();
        work(Duration.ofSeconds(10)).run(new BackupOrder(id, scope).target(), progress);
        return id;
    }

    private Manifest manifest(BackupId id) {
        return Objects.requireNonNull(folder().find(id));
    }

    private List<StoredRealm> realms(BackupId id) throws InterruptedException {
        List<StoredRealm> realms = new ArrayList<>();
        folder().realms(manifest(id), realms::add);
        return realms;
    }

    private List<String> left() throws IOException {
        try (Stream<Path> files = Files.list(root)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void backupHasTheMetadataAndEachRealmWithItsVersion() throws Exception {
        server.write("news", "a", "b", "c", "d");
        server.write("mail", "x");
        server.write("gone", "y");
        server.directory().delete(ModelServer.path("gone"));

        BackupId id = backUp(ALL);

        assertThat(realms(id)).extracting(StoredRealm::kind).containsExactly(Kind.METADATA, Kind.REALM, Kind.REALM);
        assertThat(realms(id)).extracting(StoredRealm::path)
                .containsExactly("/__system/auth", "/shop/mail", "/shop/news");
        assertThat(realms(id).getLast().end().version()).isEqualTo(4);
        assertThat(realms(id).getLast().owner()).isEqualTo("ann");
        assertThat(manifest(id).realms()).isEqualTo(2);
        assertThat(manifest(id).bytes()).isEqualTo(realms(id).stream().mapToLong(StoredRealm::bytes).sum());
        assertThat(progress.told).endsWith("2/2 realms");
        assertThat(left()).containsExactly(id.value());
        assertThat(Files.getPosixFilePermissions(root.resolve(id.value()))).hasSize(3);
        assertThat(folder().list()).containsExactly(manifest(id));
    }

    @Test
    void backupOfAScopeHasOnlyThoseRealms() throws Exception {
        server.write("news", "a");
        server.write("newspaper", "b");
        server.write("mail", "x");

        BackupId byPath = backUp(new BackupScope(List.of(), List.of("/shop/news*")));
        BackupId byGroup = backUp(new BackupScope(List.of("two"), List.of()));

        assertThat(realms(byPath)).extracting(StoredRealm::path)
                .containsExactly("/__system/auth", "/shop/news", "/shop/newspaper");
        assertThat(realms(byGroup)).hasSize(1);
    }

    @Test
    void realmThatIsClosedForAMomentIsReadLater() throws Exception {
        server.write("news", "a");
        server.close("news", true);
        AtomicInteger calls = new AtomicInteger();
        server.meanwhile(() -> {
            if (calls.incrementAndGet() == 3) {
                server.meanwhile(() -> {});
                server.close("news", false);
            }
        });

        assertThat(realms(backUp(ALL)).getLast().end().version()).isEqualTo(1);
    }

    @Test
    void groupThatStaysAwayFailsTheBackupAndLeavesNothing() throws Exception {
        server.write("news", "a");
        server.meanwhile(() -> {
            throw new StoreUnavailableException("no master");
        });
        String target = new BackupOrder(newId(), ALL).target();

        assertThatThrownBy(() -> work(Duration.ZERO).run(target, progress))
                .isInstanceOf(JobFailedException.class)
                .hasMessageContaining("/__system/auth").hasMessageContaining("no master");
        assertThat(left()).isEmpty();
    }

    @Test
    void fullDiskFailsTheBackupWithTheCauseAndLeavesNothing() throws Exception {
        server.write("news", "a");
        room.set(999);
        String target = new BackupOrder(newId(), ALL).target();

        assertThatThrownBy(() -> work(Duration.ZERO).run(target, progress))
                .isInstanceOf(JobFailedException.class)
                .hasMessageContaining("ros.backup.reserve");
        assertThat(left()).isEmpty();
        assertThat(folder().list()).isEmpty();
    }

    @Test
    void whatTheDiskSaysIsToldApartFromWhatAWorkerSays() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        byte[] file = RealmFrames.file(List.of(new byte[] {1}), 0, 0, 0, 1);
        assertThatThrownBy(() -> RealmFile.copy(new ByteArrayInputStream(file), full))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("No space left on device");
        for (int length = 0; length < file.length; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            assertThatThrownBy(() -> RealmFile.copy(new ByteArrayInputStream(cut), OutputStream.nullOutputStream()))
                    .as("cut at %d", length)
                    .isInstanceOf(RealmFile.BrokenException.class);
        }
    }

    @Test
    void cancelledBackupLeavesNothing() throws Exception {
        server.write("news", "a");
        progress.meanwhile = () -> Thread.currentThread().interrupt();
        String target = new BackupOrder(newId(), ALL).target();

        assertThatThrownBy(() -> work(Duration.ZERO).run(target, progress)).isInstanceOf(InterruptedException.class);
        assertThat(left()).isEmpty();
    }

    @Test
    void whatAKilledProcessLeftIsNoBackupAndGoesWithTheNextOne() throws Exception {
        server.write("news", "a");
        BackupId killed = newId();
        BackupWriter writer = folder().begin(killed);
        writer.write(server.contents().read(GroupId.DEFAULT, ModelServer.path("news"), 0));
        assertThat(left()).singleElement().asString().startsWith(".partial-" + killed);
        assertThat(folder().list()).isEmpty();
        assertThat(folder().find(killed)).isNull();

        BackupId next = backUp(ALL);

        assertThat(left()).containsExactly(next.value());
    }

    @Test
    void backupThatIsBegunAnewIsFoundDone() throws Exception {
        server.write("news", "a");
        String target = new BackupOrder(newId(), ALL).target();
        work(Duration.ZERO).run(target, progress);
        List<Manifest> before = folder().list();

        work(Duration.ZERO).run(target, progress);

        assertThat(folder().list()).isEqualTo(before);
    }

    @Test
    void verificationReadsAllOfIt() throws Exception {
        server.write("news", "a", "b", "c", "d");
        BackupId id = backUp(ALL);

        assertThat(new VerifyWork(folder()).run(id.value(), progress).toString())
                .isEqualTo("{\"files\":2,\"bytes\":" + manifest(id).bytes() + "}");
    }

    private void assertDamaged(BackupId id, String where) {
        assertThatThrownBy(() -> new VerifyWork(folder()).run(id.value(), progress))
                .as(where)
                .isInstanceOf(JobFailedException.class);
    }

    @Test
    void eachFlippedBitAndEachCutOfAnyFileIsFound() throws Exception {
        server.write("news", "a", "b", "c", "d");
        BackupId id = backUp(ALL);
        List<Path> files;
        try (Stream<Path> all = Files.walk(root)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        assertThat(files).hasSize(5);
        for (Path file : files) {
            byte[] good = Files.readAllBytes(file);
            for (int i = 0; i < good.length; i++) {
                byte[] bad = good.clone();
                bad[i] ^= (byte) (1 << (i % 8));
                Files.write(file, bad);
                assertDamaged(id, file + " with a flipped bit in byte " + i);
            }
            for (int length = 0; length < good.length; length++) {
                Files.write(file, Arrays.copyOf(good, length));
                assertDamaged(id, file + " cut at " + length);
            }
            Files.delete(file);
            assertDamaged(id, file + " removed");
            Files.write(file, good);
        }
        new VerifyWork(folder()).run(id.value(), progress);
    }

    @Test
    void manifestSaysWhatItIsInPlainWords() throws Exception {
        BackupId id = backUp(new BackupScope(List.of("two"), List.of()));

        JsonNode manifest =
                JsonMapper.shared().readTree(root.resolve(id.value()).resolve(BackupFolder.MANIFEST).toFile());
        assertThat(manifest.path("id").asString()).isEqualTo(id.value());
        assertThat(manifest.path("scope").toString()).isEqualTo("{\"labels\":[\"two\"],\"paths\":[]}");
    }

    @Test
    void timeOfTheNewestBackupIsToldByScope() throws Exception {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        TimeGauge all = BackupConfiguration.lastSuccess(folder(), meters, true);
        TimeGauge part = BackupConfiguration.lastSuccess(folder(), meters, false);
        assertThat(all.value(TimeUnit.SECONDS)).isZero();
        long before = Instant.now().getEpochSecond();

        backUp(ALL);

        assertThat(all.value(TimeUnit.SECONDS)).isBetween((double) before, (double) Instant.now().getEpochSecond());
        assertThat(part.value(TimeUnit.SECONDS)).isZero();
    }

    @Test
    void damagedManifestIsNotListedAndCanBeRemoved() throws Exception {
        server.write("news", "a");
        BackupId id = backUp(ALL);
        Files.writeString(root.resolve(id.value()).resolve(BackupFolder.MANIFEST), "{}");

        assertThat(folder().list()).isEmpty();
        assertThatThrownBy(() -> folder().find(id)).isInstanceOf(BackupException.class).hasMessageContaining("damaged");
        assertThat(folder().delete(id)).isTrue();
        assertThat(folder().delete(id)).isFalse();
        assertThat(left()).isEmpty();
    }

    @Test
    void namesThatAreNoBackupsAreNotLookedAt() throws Exception {
        Files.createDirectories(root.resolve("mine"));
        assertThat(folder().list()).isEmpty();
        for (String name : List.of("..", "../x", "6B046B7A0C7C95D0B5F5E748", "mine", "",
                "6b046b7a0c7c95d0b5f5e748/..")) {
            assertThat(BackupId.named(name)).as(name).isNull();
        }
    }
}
