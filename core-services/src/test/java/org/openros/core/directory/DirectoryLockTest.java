// SPDX-License-Identifier: Apache-2.0
package org.openros.core.directory;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openros.cluster.EmbeddedLockService;
import org.openros.cluster.LockServiceException;

import static org.assertj.core.api.Assertions.assertThat;

class DirectoryLockTest {
    private static final URI A = URI.create("http://10.0.0.1:9081");
    private static final URI B = URI.create("http://10.0.0.2:9081");
    private static final URI C = URI.create("http://10.0.0.3:9081");

    private final EmbeddedLockService locks = new EmbeddedLockService();
    private final Map<URI, Integer> damage = new HashMap<>();
    private final DirectoryLock a = candidate(A);
    private final DirectoryLock b = candidate(B);
    private final DirectoryLock c = candidate(C);

    private DirectoryLock candidate(URI self) {
        return new DirectoryLock(locks, self, instance -> damage.getOrDefault(instance, 0));
    }

    private void rounds(int count, DirectoryLock... candidates) throws LockServiceException {
        for (int i = 0; i < count; i++) {
            for (DirectoryLock candidate : candidates) {
                candidate.round(System.nanoTime());
            }
        }
    }

    @Test
    void theFirstIsActiveAndTheOthersKnowIt() throws LockServiceException {
        rounds(2, a, b, c);
        assertThat(a.isActive()).isTrue();
        assertThat(a.other()).isNull();
        assertThat(b.isActive()).isFalse();
        assertThat(b.other()).isEqualTo(A);
        assertThat(c.other()).isEqualTo(A);
    }

    @Test
    void oneTakesOverWithinFourRoundsWhenTheActiveOneRefusesConnections() throws LockServiceException {
        rounds(2, a, b, c);
        damage.put(A, DirectoryLock.REFUSED);
        rounds(4, b, c);
        assertThat(b.isActive() ^ c.isActive()).isTrue();
        URI active = b.isActive() ? B : C;
        assertThat((b.isActive() ? c : b).other()).isEqualTo(active);
    }

    @Test
    void silenceIsBorneTwiceAsLongAndMayEnd() throws LockServiceException {
        rounds(1, a, b);
        damage.put(A, DirectoryLock.SILENT);
        rounds(3, b);
        damage.remove(A);
        rounds(1, b);
        damage.put(A, DirectoryLock.SILENT);
        rounds(3, b);
        assertThat(b.other()).isEqualTo(A);
        rounds(2, b);
        assertThat(b.isActive()).isTrue();
    }

    @Test
    void oneThatComesBackFollowsWhoTookOver() throws LockServiceException {
        rounds(1, a, b);
        damage.put(A, DirectoryLock.REFUSED);
        rounds(4, b);
        rounds(1, a);
        assertThat(a.isActive()).isFalse();
        assertThat(a.other()).isEqualTo(B);
    }

    @Test
    void oneThatStopsGivesTheLockBack() throws LockServiceException {
        rounds(1, a, b);
        a.close();
        rounds(1, b);
        assertThat(b.isActive()).isTrue();
    }
}
