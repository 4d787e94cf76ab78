// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.openros.cluster.GroupView.Registration;
import org.openros.gateway.core.AccessNews;
import org.openros.gateway.core.RealmStanding;

import static org.assertj.core.api.Assertions.assertThat;

class AccessWatchTest {
    private final AccessWatch watch = new AccessWatch();
    private final List<String> outdated = new ArrayList<>();

    private Registration watch(String path, String user, long asOf) {
        return watch.watch(new RealmStanding(path, user, asOf), () -> outdated.add(path + " " + user));
    }

    private static AccessNews.Change change(long number, @Nullable String path, @Nullable String user) {
        return new AccessNews.Change(number, path, user);
    }

    private void hear(AccessNews.Change... changes) {
        watch.hear(new AccessNews(changes[changes.length - 1].number(), true, List.of(changes)));
    }

    private void startAt(long number) {
        watch.hear(new AccessNews(number, true, List.of()));
    }

    @Test
    void aChangeConcernsItsRealmAndUserOnly() {
        startAt(5);
        watch("/a/p", "ann", 5);
        watch("/a/p", "bob", 5);
        watch("/a/q", "ann", 5);

        hear(change(6, "/a/p", "ann"));
        assertThat(outdated).containsExactly("/a/p ann");
        outdated.clear();
        hear(change(7, "/a/p", null));
        assertThat(outdated).containsExactlyInAnyOrder("/a/p ann", "/a/p bob");
        outdated.clear();
        hear(change(8, null, "ann"));
        assertThat(outdated).containsExactlyInAnyOrder("/a/p ann", "/a/q ann");
    }

    @Test
    void anAnswerThatIsOlderThanAKnownChangeIsOutdatedAtOnce() {
        startAt(5);
        hear(change(6, "/a/p", "ann"));
        watch("/a/p", "ann", 6);
        assertThat(outdated).isEmpty();
        watch("/a/p", "ann", 5);
        assertThat(outdated).containsExactly("/a/p ann");
    }

    @Test
    void aChangeIsHeardOnce() {
        startAt(5);
        watch("/a/p", "ann", 5);
        hear(change(6, "/a/p", "ann"));
        hear(change(6, "/a/p", "ann"));
        assertThat(outdated).hasSize(1);
        assertThat(watch.last()).isEqualTo(6);
    }

    @Test
    void anInstanceThatKnowsLessIsNoNews() {
        startAt(5);
        hear(change(6, "/a/p", "ann"), change(7, "/a/p", "ann"));
        watch.hear(new AccessNews(6, true, List.of()));
        assertThat(watch.last()).isEqualTo(7);
    }

    @Test
    void whereChangesAreMissingEverythingOlderIsOutdated() {
        startAt(5);
        watch("/a/p", "ann", 5);
        watch("/a/q", "bob", 9000);
        watch.hear(new AccessNews(9000, false, List.of(change(9000, "/a/z", "eve"))));
        assertThat(outdated).containsExactly("/a/p ann");
        watch("/a/p", "ann", 8999);
        assertThat(outdated).hasSize(2);
    }

    @Test
    void whatWasAuthorizedBeforeTheFirstNewsIsAskedForAgainUnlessItKnewAll() {
        watch("/a/p", "ann", 4);
        watch("/a/q", "bob", 5);
        startAt(5);
        assertThat(outdated).containsExactly("/a/p ann");
    }

    @Test
    void onlySoManyChangesAreKept() {
        startAt(0);
        hear(LongStream.rangeClosed(1, AccessWatch.KEPT + 10L)
                .mapToObj(number -> change(number, "/a/z", "eve"))
                .toArray(AccessNews.Change[]::new));
        watch("/a/p", "ann", 10);
        assertThat(outdated).isEmpty();
        watch("/a/p", "ann", 9);
        assertThat(outdated).hasSize(1);
    }

    @Test
    void whatIsNoLongerWatchedIsNotReported() {
        startAt(5);
        watch("/a/p", "ann", 5).close();
        hear(change(6, "/a/p", "ann"));
        assertThat(outdated).isEmpty();
    }
}
