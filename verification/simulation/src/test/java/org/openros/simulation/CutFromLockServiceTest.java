// SPDX-License-Identifier: Apache-2.0
package org.openros.simulation;

import java.time.Duration;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openros.history.Entry;
import org.openros.history.check.Checkers;
import org.openros.history.check.Claim;
import org.openros.history.check.Gaps;
import org.openros.history.check.Limits;
import org.openros.history.check.Violation;

import static org.assertj.core.api.Assertions.assertThat;

/** The master's way to the lock service is cut, and nothing else (fault F3, M-Consul): who waits for how long. */
class CutFromLockServiceTest {
    private static final int SEEDS = 40;
    private static final Duration LONGEST = Duration.ofSeconds(3);

    /** Which way is cut; a request that gets there is carried out though its answer is lost. */
    enum Cut {
        BOTH_DROPPED(true, true, Network.Way.DROPPED),
        BOTH_REJECTED(true, true, Network.Way.REJECTED),
        THERE(true, false, Network.Way.DROPPED),
        BACK(false, true, Network.Way.DROPPED);

        private final boolean there;
        private final boolean back;
        private final Network.Way way;

        Cut(boolean there, boolean back, Network.Way way) {
            this.there = there;
            this.back = back;
            this.way = way;
        }

        private void on(Network network, String node) {
            if (there) {
                network.cut(node, Network.LOCK, way);
            }
            if (back) {
                network.cut(Network.LOCK, node, way);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void masterThatCannotUnlockIsReplacedAsSoonAsItStops(Cut cut) {
        LongStream.iterate(1, seed -> seed + 1).mapToObj(seed -> new World(seed, null, false))
                .filter(world -> world.names.size() == 3).limit(SEEDS).forEach(world -> cutMaster(world, cut));
    }

    private static void cutMaster(World world, Cut cut) {
        world.lock.begin();
        world.nodes().forEach(Host::start);
        assertThat(world.agenda.until(30 * Agenda.SECOND, world::isWell)).as(world::describe).isTrue();
        world.writing = true;
        world.clients.forEach(Client::begin);
        world.agenda.runFor(world.random.nextLong(10 * Agenda.SECOND));
        String master = Objects.requireNonNull(world.master()).name().value();
        world.recorder.add(new Entry.FaultBegan(world.agenda.now(), 1, "cut-master-from-lock-service", master, false));
        cut.on(world.network, master);
        world.agenda.runFor(45 * Agenda.SECOND);

        Gaps gaps = new Gaps();
        world.recorder.history.forEach(gaps::read);
        assertThat(gaps.longest()).as("longest gap of %s, %s", cut, world.describe()).isLessThan(LONGEST);
        assertThat(Objects.requireNonNull(world.master()).name().value()).isNotEqualTo(master);
        // What everybody has at the end is not asked here.
        assertThat(Checkers.check(world.recorder.history, Limits.PROTOCOL)).extracting(Violation::claim)
                .doesNotContain(Claim.C2, Claim.C4, Claim.C7, Claim.C8);
        assertThat(world.recorder.broken).isEmpty();
    }
}
