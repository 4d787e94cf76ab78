// SPDX-License-Identifier: Apache-2.0
package org.openros.core.directory;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
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

class TrashTest {
    private static final RealmPath NEWS = RealmPath.of(new AppId("shop"), new Partition.Text("news"));
    private static final Duration WEEK = Duration.ofDays(7);

    private final InMemoryMetadataStore store = new InMemoryMetadataStore();
    private final ModelHosts hosts = new ModelHosts();
    private final AccessList access = AccessList.of(store);
    private final Directory directory = new Directory(
            store,
            access.feed(),
            access.changes(),
            new GroupChoice(new DirectoryProperties(List.of(), List.of()), group -> true, new Random(1)),
            Clock.systemUTC(),
            Ticker.systemTicker());

    private Trash trash(Duration later) {
        return new Trash(store, hosts, WEEK, Clock.offset(Clock.systemUTC(), later));
    }

    private TrashedRealm deleted() {
        directory.create(NEWS, RealmType.FULL, null);
        hosts.write(GroupId.DEFAULT, NEWS, "word");
        directory.delete(NEWS);
        return directory.trash(NEWS.app(), null, 10).getFirst();
    }

    @Test
    void deletedRealmCanBeRestoredForAWeekAndIsGoneThen() {
        TrashedRealm trashed = deleted();
        trash(WEEK.minusMinutes(1)).round();
        assertThat(hosts.words(GroupId.DEFAULT, NEWS)).containsExactly("word");
        trash(WEEK.plusMinutes(1)).round();
        assertThat(hosts.words(GroupId.DEFAULT, NEWS)).isEmpty();
        assertThat(directory.trash(NEWS.app(), null, 10)).isEmpty();
        assertThat(directory.restore(trashed)).isFalse();
        assertThat(store.count(MetadataTable.PURGE)).isZero();
    }

    @Test
    void pathIsFreeForAnotherRealmWithAnotherName() {
        deleted();
        trash(Duration.ZERO).purge(directory.trash(NEWS.app(), null, 10).getFirst().id());
        RealmRow fresh = directory.create(NEWS, RealmType.FULL, null);
        assertThat(fresh.store()).isNotEqualTo(NEWS);
        assertThat(fresh.incarnation()).isEqualTo(2);
    }

    @Test
    void realmCanBePurgedBeforeItsTimeOnce() {
        TrashedRealm trashed = deleted();
        assertThat(trash(Duration.ZERO).purge(trashed.id())).isTrue();
        assertThat(hosts.words(GroupId.DEFAULT, NEWS)).isEmpty();
        assertThat(trash(Duration.ZERO).purge(trashed.id())).isFalse();
    }

    @Test
    void groupThatIsAwayRemovesItLaterAndNobodyRestoresItMeanwhile() {
        TrashedRealm trashed = deleted();
        hosts.meanwhile = () -> {
            throw new StoreUnavailableException("away");
        };
        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> trash(Duration.ZERO).purge(trashed.id()));
        trash(Duration.ZERO).round();
        assertThat(hosts.words(GroupId.DEFAULT, NEWS)).containsExactly("word");
        assertThat(directory.restore(trashed)).isFalse();
        hosts.meanwhile = () -> {};
        trash(Duration.ZERO).round();
        assertThat(hosts.words(GroupId.DEFAULT, NEWS)).isEmpty();
    }

    @Test
    void lostAnswersAreAskedForAgain() {
        TrashedRealm trashed = deleted();
        int[] calls = {0};
        hosts.meanwhile = () -> {
            if (calls[0]++ == 1) {
                throw new StoreUnavailableException("the answer is lost");
            }
        };
        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> trash(Duration.ZERO).purge(trashed.id()));
        trash(Duration.ZERO).round();
        assertThat(store.count(MetadataTable.PURGE)).isZero();
    }

    @Test
    void retentionIsBounded() {
        assertThatIllegalArgumentException().isThrownBy(() -> new TrashProperties(Duration.ofDays(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new TrashProperties(Duration.ofDays(4000)));
        assertThat(new TrashProperties(Duration.ZERO).retention()).isZero();
    }
}
