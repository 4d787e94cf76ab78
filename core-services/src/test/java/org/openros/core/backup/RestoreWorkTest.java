// SPDX-License-Identifier: Apache-2.0
package org.openros.core.backup;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openros.core.backup.RestoreOrder.Mode;
import org.openros.core.directory.ModelServer;
import org.openros.core.directory.RealmRow;
import org.openros.core.job.JobFailedException;
import org.openros.core.job.JobsInMemory;
import org.openros.core.metadata.FieldValue.Text;
import org.openros.core.metadata.MetadataCopies;
import org.openros.core.metadata.MetadataTable;
import org.openros.core.metadata.ObjectRef;
import org.openros.core.metadata.StoreUnavailableException;
import org.openros.core.metadata.Transaction;
import org.openros.domain.AppId;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Restores of a model server, and of an empty one. */
class RestoreWorkTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    private Path root;

    private final ModelServer server = new ModelServer();
    private final Progress progress = new Progress();
    private final BackupId backup = BackupId.next(Instant.now());

    @AfterEach
    void clearInterrupt() {
        Thread.interrupted();
    }

    private BackupFolder folder() {
        return new BackupFolder(root, 0, () -> Long.MAX_VALUE, JsonMapper.shared());
    }

    private void backUp(String... paths) throws InterruptedException {
        BackupOrder order = new BackupOrder(backup, new BackupScope(List.of(), List.of(paths)));
        new BackupWork(
                        folder(), server.directory(), server.contents(), JobsInMemory.of(server.store()),
                        Clock.systemUTC(), SOON)
                .run(order.target(), progress);
    }

    private RestoreOrder order(Mode mode, String suffix, String... paths) {
        return new RestoreOrder(BackupId.next(Instant.now()), backup, mode, suffix, List.of(paths));
    }

    private RestoreWork work(ModelServer target, Duration patience) {
        MetadataCopies copies = realm -> server.store();
        MetadataRestore metadata = new MetadataRestore(target.store(), copies, target.directory());
        return new RestoreWork(
                folder(), target.directory(), target.groups(), target.contents(), metadata, patience);
    }

    private String restore(RestoreOrder order) throws InterruptedException {
        return work(server, SOON).run(order.target(), progress).toString();
    }

    @Test
    void ordersAreReadAsTheyAreWritten() {
        for (RestoreOrder order : List.of(
                order(Mode.REPLACE, "", "/shop/news*", "/shop//a/b"), order(Mode.AS_NEW, "-old", "/shop/x"),
                order(Mode.FULL, ""))) {
            assertThat(RestoreOrder.parse(order.target())).isEqualTo(order);
        }
    }

    @Test
    void realmIsAsItWasAndWhatWasThereIsInTheTrash() throws Exception {
        server.write("news", "a", "b", "c", "d", "e", "f", "g");
        server.write("mail", "x");
        backUp();
        server.write("news", "later");
        server.write("mail", "y");
        RealmRow before = server.directory().find(ModelServer.path("news"));

        assertThat(restore(order(Mode.REPLACE, "", "/shop/news"))).isEqualTo("{\"realms\":1}");

        assertThat(server.words("news")).containsExactly("a", "b", "c", "d", "e", "f", "g");
        assertThat(server.words("mail")).containsExactly("x", "y");
        RealmRow after = Objects.requireNonNull(server.directory().find(ModelServer.path("news")));
        assertThat(after.incarnation()).isEqualTo(2);
        assertThat(after.owner()).isEqualTo("ann");
        assertThat(server.directory().trash(new AppId("shop"), null, 10))
                .singleElement()
                .satisfies(trashed -> assertThat(trashed.row().store())
                        .isEqualTo(before == null ? null : before.store()));
    }

    @Test
    void deletedRealmComesBack() throws Exception {
        server.write("news", "a");
        backUp();
        server.directory().delete(ModelServer.path("news"));

        restore(order(Mode.REPLACE, "", "/shop/*"));

        assertThat(server.words("news")).containsExactly("a");
    }

    @Test
    void newRealmStandsBesideTheOldOneAndTakesNobodysPlace() throws Exception {
        server.write("news", "a");
        backUp();
        server.write("news", "b");

        restore(order(Mode.AS_NEW, "-old", "/shop/news"));

        assertThat(server.words("news")).containsExactly("a", "b");
        assertThat(server.words("news-old")).containsExactly("a");
        assertThatThrownBy(() -> restore(order(Mode.AS_NEW, "-old", "/shop/news")))
                .isInstanceOf(JobFailedException.class)
                .hasMessageContaining("another suffix");
    }

    @Test
    void realmThatIsNotInTheBackupIsSaidToBeMissing() throws Exception {
        server.write("news", "a");
        backUp();

        assertThatThrownBy(() -> restore(order(Mode.REPLACE, "", "/shop/mail")))
                .isInstanceOf(JobFailedException.class)
                .hasMessageContaining("no such realm");
    }

    @Test
    void damagedBackupChangesNothing() throws Exception {
        server.write("mail", "x");
        server.write("news", "a", "b", "c", "d");
        backUp();
        server.write("mail", "y");
        Path news = root.resolve(backup.value()).resolve(BackupFolder.REALMS).resolve("00000002.realm");
        byte[] bytes = Files.readAllBytes(news);
        bytes[20] ^= 4;
        Files.write(news, bytes);
        RealmRow before = server.directory().find(ModelServer.path("mail"));

        assertThatThrownBy(() -> restore(order(Mode.REPLACE, "", "/shop/*")))
                .isInstanceOf(JobFailedException.class)
                .hasMessageContaining("nothing was restored").hasMessageContaining("/shop/news");

        assertThat(server.words("mail")).containsExactly("x", "y");
        assertThat(server.directory().find(ModelServer.path("mail"))).isEqualTo(before);
    }

    /** A process may die at any call of a worker; the next one goes on with the same order. */
    @Test
    void restoreThatIsInterruptedAnywhereIsFinishedByTheNextProcess() throws Exception {
        server.write("mail", "x", "y", "z", "u", "v");
        server.write("news", "a", "b", "c", "d");
        backUp();
        Set<Integer> diedAt = new HashSet<>();
        for (int death = 1; ; death++) {
            server.write("mail", "later" + death);
            RestoreOrder order = order(Mode.REPLACE, "", "/shop/*");
            AtomicInteger left = new AtomicInteger(death);
            server.meanwhile(() -> {
                if (left.decrementAndGet() <= 0) {
                    Thread.currentThread().interrupt();
                    throw new StoreUnavailableException("the process has died");
                }
            });
            boolean done = true;
            try {
                restore(order);
            } catch (InterruptedException e) {
                done = false;
                diedAt.add(death);
            }
            server.meanwhile(() -> {});
            Thread.interrupted();
            restore(order);
            assertThat(server.words("mail")).as("died at call %d", death).containsExactly("x", "y", "z", "u", "v");
            assertThat(server.words("news")).as("died at call %d", death).containsExactly("a", "b", "c", "d");
            if (done) {
                break;
            }
        }
        assertThat(diedAt).hasSizeGreaterThan(15);
    }

    @Test
    void groupThatStaysAwayFailsTheRestoreAndTheRealmStaysAsItWas() throws Exception {
        server.write("news", "a");
        backUp();
        server.write("news", "b");
        server.meanwhile(() -> {
            throw new StoreUnavailableException("no master");
        });

        assertThatThrownBy(() -> work(server, Duration.ZERO).run(order(Mode.REPLACE, "", "/shop/*").target(), progress))
                .isInstanceOf(JobFailedException.class)
                .hasMessageContaining("no master");

        server.meanwhile(() -> {});
        assertThat(server.words("news")).containsExactly("a", "b");
    }

    @Test
    void emptyServerGetsRealmsUsersAndPermissionsInOneTry() throws Exception {
        server.write("news", "a", "b", "c", "d");
        server.write("mail", "x");
        ObjectRef user = new ObjectRef(MetadataTable.USER, "ann");
        ObjectRef grant = new ObjectRef(MetadataTable.GRANT, "/shop/news ann");
        ObjectRef job = new ObjectRef(MetadataTable.JOB, "j");
        server.store().commit(Transaction.begin()
                .create(user).set(user, "app", new Text("shop")).put(user, "profile", "name", new Text("Ann"))
                .create(grant).set(grant, "path", new Text("/shop/news"))
                .create(job).set(job, "type", new Text("backup"))
                .build());
        backUp();
        ModelServer empty = new ModelServer();
        assertThat(new MetadataRestore(empty.store(), realm -> server.store(), empty.directory()).isEmptyServer())
                .isTrue();

        work(empty, SOON).run(order(Mode.FULL, "").target(), progress);

        assertThat(empty.words("news")).containsExactly("a", "b", "c", "d");
        assertThat(empty.words("mail")).containsExactly("x");
        assertThat(empty.store().find(user)).isEqualTo(server.store().find(user));
        assertThat(empty.store().find(grant)).isEqualTo(server.store().find(grant));
        assertThat(empty.store().find(job)).isNull();
        assertThat(new MetadataRestore(empty.store(), realm -> server.store(), empty.directory()).isEmptyServer())
                .isFalse();
    }

    @Test
    void backupOfAPartDoesNotMakeAWholeServer() throws Exception {
        server.write("news", "a");
        backUp("/shop/n*");

        assertThatThrownBy(() -> work(new ModelServer(), SOON).run(order(Mode.FULL, "").target(), progress))
                .isInstanceOf(JobFailedException.class)
                .hasMessageContaining("only some of the realms");
    }
}
