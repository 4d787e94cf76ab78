// SPDX-License-Identifier: Apache-2.0
package org.openros.core.account;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.openros.core.account.Revocations.Revocation;
import org.openros.core.metadata.InMemoryMetadataStore;
import org.openros.core.metadata.MetadataTable;
import org.openros.domain.AppId;

import static org.assertj.core.api.Assertions.assertThat;

class RevocationsTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:30Z");

    private final InMemoryMetadataStore store = new InMemoryMetadataStore();

    private static Clock at(Instant time) {
        return Clock.fixed(time, ZoneOffset.UTC);
    }

    private String revoke(Instant time) {
        Accounts accounts = new Accounts(store, at(time));
        String user = accounts.createAnonymous(new AppId("test-app"), new NewLogin("l", time.plusSeconds(60)));
        assertThat(accounts.endAllLogins(Objects.requireNonNull(accounts.findUser(user)))).isTrue();
        return user;
    }

    private List<Revocation> since(Instant start, Instant now) {
        return new Revocations(store, at(now)).since(start);
    }

    @Test
    void eventsAreFoundFromAPointInTimeOn() {
        String early = revoke(START);
        String late = revoke(START.plus(Duration.ofMinutes(10)));
        Instant now = START.plus(Duration.ofMinutes(11));
        assertThat(since(START, now)).extracting(Revocation::userId).containsExactly(early, late);
        assertThat(since(START.plus(Duration.ofMinutes(9)), now))
                .containsExactly(new Revocation(late, START.plus(Duration.ofMinutes(10))));
    }

    @Test
    void writersWhoseClocksAreWrongByAMinuteAreHeard() {
        String behind = revoke(START.minusSeconds(60));
        String ahead = revoke(START.plusSeconds(60));
        assertThat(since(START, START)).extracting(Revocation::userId).contains(behind, ahead);
    }

    @Test
    void ringIsUsedAgainAndForgetsWhatIsOld() {
        revoke(START);
        String next = revoke(START.plus(Duration.ofHours(2)));
        assertThat(since(Instant.EPOCH, START.plus(Duration.ofHours(2))))
                .extracting(Revocation::userId)
                .containsExactly(next);
        assertThat(store.count(MetadataTable.REVOCATIONS)).isEqualTo(1);
    }

    @Test
    void endedLogInIsNotRevivedByAnExtensionThatBeganBefore() {
        Accounts accounts = new Accounts(store, at(START));
        String id = accounts.createAnonymous(new AppId("test-app"), new NewLogin("l", START.plusSeconds(60)));
        User seen = Objects.requireNonNull(accounts.findUser(id));
        NewLogin longer = new NewLogin("l", START.plusSeconds(600));
        assertThat(accounts.extendLogin(seen, longer)).isTrue();
        accounts.endLogin(seen, "l");
        assertThat(accounts.extendLogin(seen, longer)).isFalse();
        assertThat(Objects.requireNonNull(accounts.findUser(id)).logins()).isEmpty();
    }
}
