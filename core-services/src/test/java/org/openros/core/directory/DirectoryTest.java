// SPDX-License-Identifier: Apache-2.0
package org.openros.core.directory;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.openros.core.directory.DirectoryProperties.Group;
import org.openros.core.directory.DirectoryProperties.Placement;
import org.openros.core.metadata.InMemoryMetadataStore;
import org.openros.core.metadata.MetadataTable;
import org.openros.core.metadata.StoreUnavailableException;
import org.openros.core.permission.AccessList;
import org.openros.domain.AppId;
import org.openros.domain.GroupId;
import org.openros.domain.Partition;
import org.openros.domain.RealmPath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

class DirectoryTest {
    private static final AppId APP = new AppId("shop");
    private static final RealmPath NEWS = path("news");
    private static final GroupId ONE = new GroupId("one");
    private static final GroupId TWO = new GroupId("two");

    private final InMemoryMetadataStore store = new InMemoryMetadataStore();
    private final Set<GroupId> down = ConcurrentHashMap.newKeySet();

    private static RealmPath path(String partition) {
        return RealmPath.of(APP, new Partition.Text(partition));
    }

    private record Process(Directory directory, AccessList access) {}

    private Process process(DirectoryProperties properties) {
        return process(properties, Duration.ZERO);
    }

    private Process process(DirectoryProperties properties, Duration patience) {
        AccessList access = AccessList.of(store);
        GroupChoice choice = new GroupChoice(properties, group -> !down.contains(group), new Random(1), patience);
        return new Process(
                new Directory(
                        store, access.feed(), access.changes(), choice, Clock.systemUTC(), Ticker.systemTicker()),
                access);
    }

    private Process process() {
        return process(new DirectoryProperties(List.of(), List.of()));
    }

    private static DirectoryProperties twoGroups(Placement... rules) {
        return new DirectoryProperties(List.of(new Group(ONE, 1), new Group(TWO, 3)), List.of(rules));
    }

    @Test
    void withoutSettingsEachRealmIsInTheDefaultGroupUnderItsOwnName() {
        RealmRow row = process().directory().open(NEWS, "ann");
        assertThat(row.group()).isEqualTo(GroupId.DEFAULT);
        assertThat(row.store()).isEqualTo(NEWS);
        assertThat(row.owner()).isEqualTo("ann");
        assertThat(row.incarnation()).isEqualTo(1);
    }

    @Test
    void manyCreationsOfOnePathAtOnceMakeOneRow() throws Exception {
        List<Process> processes = List.of(process(twoGroups()), process(twoGroups()), process(twoGroups()));
        List<Future<RealmRow>> creations = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 1000; i++) {
                Directory directory = processes.get(i % processes.size()).directory();
                String user = "user" + i;
                boolean byClient = i % 2 == 0;
                creations.add(threads.submit(() -> byClient
                        ? directory.open(NEWS, user)
                        : directory.create(NEWS, RealmType.FULL, user)));
            }
        }
        Set<RealmRow> rows = new HashSet<>();
        for (Future<RealmRow> creation : creations) {
            rows.add(creation.get());
        }
        assertThat(rows).hasSize(1);
        assertThat(store.count(MetadataTable.REALM)).isEqualTo(1);
    }

    @Test
    void realmsArePlacedByTheFirstRuleThatFitsAndElseByWeight() {
        Directory directory = process(twoGroups(
                        new Placement("*", "eu/**", ONE), new Placement("shop", "/~/**", TWO)))
                .directory();
        assertThat(directory.open(path("eu/x"), "ann").group()).isEqualTo(ONE);
        assertThat(directory.open(path("/ann/x"), "ann").group()).isEqualTo(TWO);
        int inTwo = 0;
        for (int i = 0; i < 400; i++) {
            inTwo += directory.open(path("r" + i), "ann").group().equals(TWO) ? 1 : 0;
        }
        assertThat(inTwo).isBetween(250, 350);
    }

    @Test
    void aGroupWithoutAMasterGetsNoNewRealmsUnlessNoneHasOne() {
        Directory directory = process(twoGroups()).directory();
        down.add(TWO);
        for (int i = 0; i < 20; i++) {
            assertThat(directory.open(path("r" + i), "ann").group()).isEqualTo(ONE);
        }
        down.add(ONE);
        assertThat(directory.open(path("last"), "ann").group()).isIn(ONE, TWO);
    }

    @Test
    void theFirstRealmsWaitForGroupsThatHaveNotBeenHeardOf() throws Exception {
        down.add(TWO);
        Directory directory = process(twoGroups(), Duration.ofSeconds(30)).directory();
        List<Future<RealmRow>> rows = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 40; i++) {
                String name = "r" + i;
                rows.add(threads.submit(() -> directory.open(path(name), "ann")));
            }
            await().during(Duration.ofMillis(100)).until(() -> rows.stream().noneMatch(Future::isDone));
            down.remove(TWO);
        }
        assertThat(rows).extracting(row -> row.get().group()).contains(ONE, TWO);
    }

    @Test
    void aGroupThatIsNeverHeardOfIsNotWaitedForAgain() {
        down.add(TWO);
        Directory directory = process(twoGroups(), Duration.ofMillis(100)).directory();
        assertThat(directory.open(path("first"), "ann").group()).isEqualTo(ONE);
        long begun = System.nanoTime();
        for (int i = 0; i < 100; i++) {
            assertThat(directory.open(path("r" + i), "ann").group()).isEqualTo(ONE);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void aRealmStaysInItsGroupWhateverTheRulesSayLater() {
        assertThat(process(twoGroups(new Placement("*", "**", ONE))).directory().open(NEWS, "ann").group())
                .isEqualTo(ONE);
        assertThat(process(twoGroups(new Placement("*", "**", TWO))).directory().open(NEWS, "bob").group())
                .isEqualTo(ONE);
    }

    @Test
    void anOutageClosesNoRealmThatWasOpenedBefore() {
        Directory directory = process(twoGroups()).directory();
        RealmRow row = directory.open(NEWS, "ann");
        store.setAway(true);
        assertThat(directory.open(NEWS, "bob")).isEqualTo(row);
        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> directory.open(path("other"), "ann"));
    }

    @Test
    void whereThereIsOneGroupOnlyNewRealmsAreOpenedDuringAnOutageButAreNotCertain() {
        Directory directory = process().directory();
        store.setAway(true);
        RealmRow row = directory.open(NEWS, "ann");
        assertThat(row.group()).isEqualTo(GroupId.DEFAULT);
        assertThat(row.isCertain()).isFalse();
        store.setAway(false);
        assertThat(directory.open(NEWS, "ann").isCertain()).isTrue();
    }

    @Test
    void aRealmThatMayHaveBeenDeletedIsNotOpenedDuringAnOutage() {
        Process one = process();
        Process other = process();
        one.directory().open(NEWS, "ann");
        other.directory().delete(NEWS);
        one.access().refresh();
        store.setAway(true);
        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> one.directory().open(NEWS, "ann"));
    }

    @Test
    void aDeletedRealmIsNotOpenedAndComesBackWithItsContent() {
        Process one = process();
        Process other = process();
        RealmRow row = one.directory().open(NEWS, "ann");
        other.directory().open(NEWS, "ann");

        assertThat(one.directory().delete(NEWS)).isTrue();
        other.access().refresh();
        assertThat(other.directory().open(NEWS, "ann").isDeleted()).isTrue();
        assertThat(one.directory().delete(NEWS)).isFalse();
        TrashedRealm trashed = one.directory().trash(APP, null, 10).getFirst();
        assertThat(trashed.row()).isEqualTo(row);

        assertThat(other.directory().restore(trashed)).isTrue();
        one.access().refresh();
        assertThat(one.directory().open(NEWS, "ann").store()).isEqualTo(row.store());
        assertThat(one.directory().trash(APP, null, 10)).isEmpty();
        assertThat(other.directory().restore(trashed)).isFalse();
    }

    @Test
    void aPathThatIsUsedAgainIsAnotherRealmAndTheOldOneStaysInTheTrash() {
        Directory directory = process().directory();
        RealmRow first = directory.open(NEWS, "ann");
        directory.delete(NEWS);
        RealmRow second = directory.create(NEWS, RealmType.FULL, "bob");
        assertThat(second.incarnation()).isEqualTo(2);
        assertThat(second.store()).isNotEqualTo(first.store());
        TrashedRealm old = directory.trash(APP, null, 10).getFirst();
        assertThat(directory.restore(old)).isFalse();

        directory.delete(NEWS);
        assertThat(directory.restore(old)).isTrue();
        assertThat(Objects.requireNonNull(directory.find(NEWS)).store()).isEqualTo(first.store());
        directory.delete(NEWS);
        assertThat(directory.trash(APP, null, 10))
                .extracting(trashed -> trashed.row().store())
                .containsExactlyInAnyOrder(first.store(), second.store());
    }

    @Test
    void realmsAreListedByPrefixAPageAtATime() {
        Directory directory = process().directory();
        List.of("b", "a/1", "a/2", "a/3").forEach(name -> directory.open(path(name), "ann"));
        directory.open(RealmPath.of(new AppId("other"), new Partition.Text("a/9")), "ann");
        List<RealmRow> page = directory.list(APP, "a/", null, 2);
        assertThat(page).extracting(RealmRow::path).containsExactly(path("a/1"), path("a/2"));
        assertThat(directory.list(APP, "a/", path("a/2"), 2)).extracting(RealmRow::path).containsExactly(path("a/3"));
        assertThat(directory.list(APP, "", null, 10)).hasSize(4);
    }

    @Test
    void settingsThatContradictThemselvesAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> twoGroups(new Placement("*", "**", new GroupId("three"))))
                .withMessageContaining("three");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DirectoryProperties(List.of(new Group(ONE, 0)), List.of()));
    }
}
