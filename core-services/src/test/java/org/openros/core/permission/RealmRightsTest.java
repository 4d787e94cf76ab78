// SPDX-License-Identifier: Apache-2.0
package org.openros.core.permission;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.openros.core.metadata.InMemoryMetadataStore;
import org.openros.core.metadata.MetadataTable;
import org.openros.core.metadata.StoreUnavailableException;
import org.openros.domain.AppId;
import org.openros.domain.Partition;
import org.openros.domain.RealmPath;
import org.openros.domain.token.AccessRight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RealmRightsTest {
    private static final AppId APP = new AppId("shop");
    private static final RealmPath NEWS = path("news");

    private final InMemoryMetadataStore store = new InMemoryMetadataStore();
    private final Process one = new Process();
    private final Process other = new Process();

    private static RealmPath path(String partition) {
        return RealmPath.of(APP, new Partition.Text(partition));
    }

    /** What one process of core services has of all this; the store is common to all. */
    private final class Process {
        final AccessChanges changes = new AccessChanges();
        final AccessFeed feed = new AccessFeed(store, changes);
        final Grants grants = new Grants(store, feed, Clock.systemUTC());
        final RealmRights rights = new RealmRights(
                new PermissionRules(List.of(
                        new PermissionRule("*", "/~/**", AccessLevel.ADMIN),
                        new PermissionRule("*", "open/**", AccessLevel.WRITE),
                        new PermissionRule("*", "seen/**", AccessLevel.READ))),
                grants,
                changes,
                Ticker.systemTicker());

        AccessLevel level(RealmPath path, String user) {
            return AccessLevel.of(rights.toSync(path, user).rights());
        }
    }

    @Test
    void grantsToAUserAndToEverybodyAddUp() {
        one.grants.set(NEWS, null, AccessLevel.READ);
        one.grants.set(NEWS, "ann", AccessLevel.ADMIN);
        assertThat(one.level(NEWS, "ann")).isEqualTo(AccessLevel.ADMIN);
        assertThat(one.level(NEWS, "bob")).isEqualTo(AccessLevel.READ);
        assertThat(one.level(path("other"), "ann")).isEqualTo(AccessLevel.NONE);
        one.grants.set(NEWS, "ann", AccessLevel.NONE);
        assertThat(one.level(NEWS, "ann")).isEqualTo(AccessLevel.READ);
    }

    @Test
    void addingNeverTakesAway() {
        one.grants.set(NEWS, "ann", AccessLevel.WRITE);
        one.grants.add(NEWS, "ann", AccessLevel.READ);
        assertThat(one.level(NEWS, "ann")).isEqualTo(AccessLevel.WRITE);
        one.grants.add(NEWS, "ann", AccessLevel.ADMIN);
        assertThat(one.level(NEWS, "ann")).isEqualTo(AccessLevel.ADMIN);
    }

    @Test
    void whatIsRememberedHoldsUntilTheChangeIsHeardOfAndSaysHowOldItIs() {
        one.grants.set(NEWS, "ann", AccessLevel.WRITE);
        other.changes.refresh(other.feed);
        assertThat(other.level(NEWS, "ann")).isEqualTo(AccessLevel.WRITE);
        one.grants.set(NEWS, "ann", AccessLevel.READ);
        assertThat(other.rights.toSync(NEWS, "ann").asOf()).isLessThan(one.changes.last());

        other.changes.refresh(other.feed);

        assertThat(other.level(NEWS, "ann")).isEqualTo(AccessLevel.READ);
        assertThat(other.rights.toSync(NEWS, "ann").asOf()).isEqualTo(one.changes.last());
    }

    @Test
    void anOutageTakesNoRightAndGivesNone() {
        one.grants.set(NEWS, "ann", AccessLevel.READ);
        assertThat(one.level(NEWS, "ann")).isEqualTo(AccessLevel.READ);
        store.setAway(true);
        assertThat(one.level(NEWS, "ann")).isEqualTo(AccessLevel.READ);
        assertThat(one.level(path("open/x"), "eve")).isEqualTo(AccessLevel.WRITE);
        assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> one.level(NEWS, "eve"));
    }

    @Test
    void grantsAreListedByRealmAndByUser() {
        RealmPath longName = path("x".repeat(900));
        one.grants.set(NEWS, null, AccessLevel.READ);
        one.grants.set(NEWS, "ann", AccessLevel.WRITE);
        one.grants.set(longName, "ann", AccessLevel.READ);
        one.grants.set(path("news/more"), "bob", AccessLevel.READ);

        assertThat(one.grants.ofRealm(NEWS, 10)).extracting(Grant::user).containsExactly(null, "ann");
        assertThat(one.grants.ofUser("ann", 10)).extracting(Grant::path).containsExactlyInAnyOrder(NEWS, longName);
        one.grants.set(longName, "ann", AccessLevel.NONE);
        assertThat(one.grants.ofUser("ann", 10)).extracting(Grant::path).containsExactly(NEWS);
        assertThat(store.count(MetadataTable.GRANTEE)).isEqualTo(store.count(MetadataTable.GRANT)).isEqualTo(3);
    }

    @Test
    void changesOfManyProcessesAtOnceAreNumberedWithoutGapsAndNoneIsLost() {
        int each = 20;
        List<Process> processes = IntStream.range(0, 4).mapToObj(i -> new Process()).toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Process process : processes) {
                threads.submit(() -> IntStream.range(0, each)
                        .forEach(i -> process.grants.set(path("r" + i + process.hashCode()), "ann", AccessLevel.READ)));
            }
        }
        one.changes.refresh(one.feed);
        assertThat(one.changes.last()).isEqualTo(4L * each);
        assertThat(one.changes.after(0).changes())
                .extracting(AccessChange.Numbered::number)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 4L * each).boxed().toList());
        assertThat(one.grants.ofUser("ann", 1000)).hasSize(4 * each);
    }

    @Test
    void onlyTheNewestChangesAreKeptAndWhoIsFurtherBehindIsTold() {
        for (int i = 0; i < AccessFeed.KEPT + 5; i++) {
            one.grants.set(NEWS, "ann", i % 2 == 0 ? AccessLevel.READ : AccessLevel.WRITE);
        }
        assertThat(store.count(MetadataTable.ACCESS_CHANGE)).isEqualTo(AccessFeed.KEPT);
        other.changes.refresh(other.feed);
        assertThat(other.changes.after(4).complete()).isFalse();
        assertThat(other.changes.after(5).complete()).isTrue();
        assertThat(other.changes.after(5).changes()).hasSize(AccessFeed.KEPT);
        assertThat(one.changes.after(0).complete()).isTrue();
        assertThat(one.changes.after(0).changes()).hasSize(AccessChanges.PAGE).first()
                .extracting(AccessChange.Numbered::number).isEqualTo(1L);
    }

    /** Seed and step are in the message of a failure. */
    @Test
    void nobodyEverHasARightThatTheRulesAndGrantsDoNotGive() {
        long seed = Long.getLong("core.seed", System.nanoTime());
        Random random = new Random(seed);
        List<String> users = List.of("u0", "u1", "u2");
        List<RealmPath> realms =
                List.of(path("news"), path("open/a"), path("seen/a"), path("/u0/home"), path("/u1/home"));
        Map<String, Set<AccessRight>> oracle = new HashMap<>();
        List<Process> processes = List.of(one, other);
        for (int step = 0; step < 3000; step++) {
            Process process = processes.get(random.nextInt(2));
            RealmPath path = realms.get(random.nextInt(realms.size()));
            String user = users.get(random.nextInt(users.size()));
            switch (random.nextInt(5)) {
                case 0 -> {
                    String grantee = random.nextInt(4) == 0 ? null : user;
                    AccessLevel level = AccessLevel.values()[random.nextInt(4)];
                    process.grants.set(path, grantee, level);
                    oracle.put(path + " " + grantee, level.rights());
                }
                case 1 -> {
                    AccessLevel level = AccessLevel.values()[1 + random.nextInt(3)];
                    process.grants.add(path, user, level);
                    oracle.merge(path + " " + user, level.rights(), RealmRightsTest::both);
                }
                default -> {
                    process.changes.refresh(process.feed);
                    Set<AccessRight> expected = expected(oracle, path, user);
                    String where = "seed " + seed + ", step " + step + ": " + user + " on " + path;
                    assertThat(process.rights.all(path, user)).as(where).isEqualTo(expected);
                    RealmAccess access = process.rights.toSync(path, user);
                    assertThat(access.asOf()).as(where).isEqualTo(process.changes.last());
                    assertThat(syncRights(access.rights())).as(where).isEqualTo(syncRights(expected));
                }
            }
        }
    }

    private static Set<AccessRight> expected(Map<String, Set<AccessRight>> oracle, RealmPath path, String user) {
        Set<AccessRight> granted = both(
                oracle.getOrDefault(path + " " + user, Set.of()), oracle.getOrDefault(path + " null", Set.of()));
        return both(granted, byRule(path.value().substring("/shop/".length()), user));
    }

    private static Set<AccessRight> byRule(String partition, @Nullable String user) {
        if (partition.startsWith("/" + user + "/")) {
            return AccessLevel.ADMIN.rights();
        }
        return partition.startsWith("open/")
                ? AccessLevel.WRITE.rights()
                : partition.startsWith("seen/") ? AccessLevel.READ.rights() : Set.of();
    }

    private static Set<AccessRight> both(Set<AccessRight> some, Set<AccessRight> others) {
        List<AccessRight> all = new ArrayList<>(some);
        all.addAll(others);
        return all.isEmpty() ? Set.of() : EnumSet.copyOf(all);
    }

    private static Set<AccessRight> syncRights(Set<AccessRight> rights) {
        Set<AccessRight> sync = EnumSet.noneOf(AccessRight.class);
        sync.addAll(rights);
        sync.remove(AccessRight.MANAGE);
        return sync;
    }
}
