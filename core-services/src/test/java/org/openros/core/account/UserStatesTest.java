// SPDX-License-Identifier: Apache-2.0
package org.openros.core.account;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.openros.core.account.UserStates.Standing;
import org.openros.core.metadata.InMemoryMetadataStore;
import org.openros.core.metadata.StoreUnavailableException;
import org.openros.core.permission.AccessList;
import org.openros.domain.AppId;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class UserStatesTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String LOGIN = "6553f0a1c2d3e4f5a6b7c8d9";

    private final InMemoryMetadataStore store = new InMemoryMetadataStore();
    private final AccessList here = AccessList.of(store);
    private final Accounts accounts = accounts(here);
    private final Accounts elsewhere = accounts(AccessList.of(store));
    private long nanos;
    private final UserStates states = new UserStates(accounts, here.changes(), Duration.ofDays(60), () -> nanos);
    private final String user =
            accounts.createAnonymous(new AppId("app"), new NewLogin(LOGIN, NOW.plusSeconds(100)));

    private Accounts accounts(AccessList list) {
        return new Accounts(store, list.feed(), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private User user() {
        return Objects.requireNonNull(accounts.findUser(user));
    }

    private Standing standing() {
        return states.standing(user, LOGIN, NOW);
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    private void endLoginElsewhere() {
        accounts.endLogin(Objects.requireNonNull(accounts.findUser(user)), LOGIN, false);
    }

    @Test
    void endedLogInGoesUnnoticedOnlyWhileMemoryIsFresh() {
        assertThat(standing()).isEqualTo(Standing.GOOD);
        endLoginElsewhere();
        pass(UserStates.FRESH.minusNanos(1));
        assertThat(standing()).isEqualTo(Standing.GOOD);
        assertThat(states.currentStanding(user, LOGIN, NOW)).isEqualTo(Standing.NO_LOGIN);
        pass(Duration.ofNanos(1));
        assertThat(standing()).isEqualTo(Standing.NO_LOGIN);
    }

    @Test
    void memoryDoesNotAnswerForAUserOfWhomAChangeHasBeenHeard() {
        assertThat(standing()).isEqualTo(Standing.GOOD);
        elsewhere.setDisabled(user(), true);
        assertThat(standing()).isEqualTo(Standing.GOOD);
        here.refresh();
        assertThat(standing()).isEqualTo(Standing.DISABLED);
        elsewhere.setDisabled(user(), false);
        assertThat(standing()).isEqualTo(Standing.GOOD);
    }

    @Test
    void afterAChangeThatWasHeardOfAnOutageLeavesOpenWhatTheUserMayDo() {
        assertThat(standing()).isEqualTo(Standing.GOOD);
        elsewhere.endAllLogins(user());
        here.refresh();
        store.setAway(true);
        assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(this::standing);
        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> states.currentStanding(user, LOGIN, NOW));
        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> states.currentOrRemembered(user));
    }

    @Test
    void anOutageIsBridgedForUsersWhoDidNotChangeHoweverManyOthersDid() {
        assertThat(standing()).isEqualTo(Standing.GOOD);
        String other = accounts.createAnonymous(new AppId("app"), new NewLogin(LOGIN, NOW.plusSeconds(100)));
        for (int i = 0; i < 1_100; i++) {
            elsewhere.setDisabled(Objects.requireNonNull(accounts.findUser(other)), true);
            if (i % 500 == 0) {
                here.refresh();
            }
        }
        here.refresh();
        store.setAway(true);
        assertThat(standing()).isEqualTo(Standing.GOOD);
    }

    @Test
    void logInMadeElsewhereIsNoticedAtOnce() {
        assertThat(standing()).isEqualTo(Standing.GOOD);
        accounts.addLoginOf(Objects.requireNonNull(accounts.findUser(user)), new NewLogin("new", NOW.plusSeconds(1)));
        assertThat(states.standing(user, "new", NOW)).isEqualTo(Standing.GOOD);
    }

    @Test
    void goodAnswersBridgeAnOutageForAWhile() {
        assertThat(standing()).isEqualTo(Standing.GOOD);
        store.setAway(true);
        pass(UserStates.KEPT.minusNanos(1));
        assertThat(standing()).isEqualTo(Standing.GOOD);
        assertThat(states.currentStanding(user, LOGIN, NOW)).isEqualTo(Standing.GOOD);
        pass(Duration.ofNanos(1));
        assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(this::standing);
    }

    @Test
    void whoeverIsRememberedIsNotAskedForDuringAnOutage() {
        assertThat(standing()).isEqualTo(Standing.GOOD);
        store.setAway(true);
        assertThat(standing()).isEqualTo(Standing.GOOD);
        assertThat(states.currentStanding(user, LOGIN, NOW)).isEqualTo(Standing.GOOD);
        assertThat(states.currentOrRemembered(user)).isNotNull();
        assertThat(store.askedInVain()).isZero();
    }

    @Test
    void logInThatMemoryDoesNotKnowIsNotDeniedDuringAnOutage() {
        assertThat(standing()).isEqualTo(Standing.GOOD);
        accounts.addLoginOf(Objects.requireNonNull(accounts.findUser(user)), new NewLogin("new", NOW.plusSeconds(1)));
        store.setAway(true);
        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> states.standing(user, "new", NOW));
    }

    @Test
    void deletedUserStaysDeletedDuringAnOutage() {
        accounts.delete(Objects.requireNonNull(accounts.findUser(user)), true);
        assertThat(standing()).isEqualTo(Standing.NO_USER);
        store.setAway(true);
        assertThat(standing()).isEqualTo(Standing.NO_USER);
    }

    @Test
    void nothingIsSaidAboutStrangersDuringAnOutage() {
        store.setAway(true);
        assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(this::standing);
    }

    @Test
    void logInEndsWithItsTime() {
        assertThat(states.standing(user, LOGIN, NOW.plusSeconds(99))).isEqualTo(Standing.GOOD);
        assertThat(states.standing(user, LOGIN, NOW.plusSeconds(100))).isEqualTo(Standing.NO_LOGIN);
    }
}
