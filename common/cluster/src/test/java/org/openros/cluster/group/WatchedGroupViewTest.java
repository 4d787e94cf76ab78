// SPDX-License-Identifier: Apache-2.0
package org.openros.cluster.group;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.openros.cluster.GroupView.Registration;
import org.openros.cluster.LockService.Value;
import org.openros.cluster.Master;
import org.openros.domain.Epoch;
import org.openros.domain.GroupId;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class WatchedGroupViewTest {
    private static final GroupId GROUP = GroupId.DEFAULT;
    private static final String KEY = new GroupKeys(GROUP).leader();
    private static final Master FIRST = master(1, "a");
    private static final Master SECOND = master(2, "b");

    private final ReportedValues service = new ReportedValues();
    private final WatchedGroupView view = new WatchedGroupView(service);
    private final List<@Nullable Master> heard = new ArrayList<>();

    @Test
    void masterIsKnownOnceItIsReported() {
        assertThat(view.master(GROUP)).isNull();

        service.report(held(FIRST));

        assertThat(service.prefix).isEqualTo(KEY);
        assertThat(view.master(GROUP)).isEqualTo(FIRST);
    }

    @Test
    void listenerHearsThePresentMasterAndEveryChangeOnce() {
        view.master(GROUP);
        service.report(held(FIRST));
        view.watch(GROUP, heard::add);

        service.report(held(FIRST));
        service.report(held(SECOND));

        assertThat(heard).containsExactly(FIRST, SECOND);
    }

    @Test
    void releasedKeyIsALoss() {
        view.watch(GROUP, heard::add);
        service.report(held(FIRST));

        service.report(free(FIRST));

        assertThat(heard).containsExactly(FIRST, null);
        assertThat(view.master(GROUP)).isNull();
    }

    @Test
    void absentKeyIsALoss() {
        view.watch(GROUP, heard::add);
        service.report(held(FIRST));

        service.report();

        assertThat(heard).containsExactly(FIRST, null);
    }

    @Test
    void masterOfALowerEpochThanSeenIsIgnored() {
        view.watch(GROUP, heard::add);
        service.report(held(SECOND));

        service.report(held(FIRST));
        service.report(free(FIRST));

        assertThat(heard).containsExactly(SECOND);
    }

    @Test
    void lowerEpochIsIgnoredAfterALossToo() {
        view.watch(GROUP, heard::add);
        service.report(free(SECOND));

        service.report(held(FIRST));
        service.report();
        service.report(held(FIRST));

        assertThat(heard).isEmpty();
    }

    @Test
    void damagedValueChangesNothing() {
        view.watch(GROUP, heard::add);
        service.report(held(FIRST));

        service.report(new Value(KEY, "{".getBytes(UTF_8), 2, "s"));

        assertThat(heard).containsExactly(FIRST);
    }

    @Test
    void keyThatOnlyBeginsTheSameSaysNothing() {
        view.watch(GROUP, heard::add);

        service.report(new Value(KEY + "2", GroupJson.encode(SECOND), 1, "s"), held(FIRST));

        assertThat(heard).containsExactly(FIRST);
    }

    @Test
    void endedRegistrationAndClosedViewAreSilent() {
        Registration registration = view.watch(GROUP, heard::add);
        registration.close();
        service.report(held(FIRST));

        view.close();

        assertThat(heard).isEmpty();
        assertThat(service.isWatched()).isFalse();
    }

    private static Master master(long epoch, String node) {
        URI link = URI.create("grpc://127.0.0.1:" + epoch);
        return new Master(GROUP, new Epoch(epoch), node, link, URI.create("http://127.0.0.1:1"), link);
    }

    private static Value held(Master master) {
        return new Value(KEY, GroupJson.encode(master), 1, "session of " + master.node());
    }

    private static Value free(Master master) {
        return new Value(KEY, GroupJson.encode(master), 1, null);
    }
}
