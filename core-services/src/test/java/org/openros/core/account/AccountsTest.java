// SPDX-License-Identifier: Apache-2.0
package org.openros.core.account;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.openros.core.metadata.InMemoryMetadataStore;
import org.openros.core.metadata.MetadataTable;
import org.openros.core.permission.AccessList;
import org.openros.domain.AppId;

import static org.assertj.core.api.Assertions.assertThat;

class AccountsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final AppId APP = new AppId("app");

    private final InMemoryMetadataStore store = new InMemoryMetadataStore();
    private final Accounts accounts =
            new Accounts(store, AccessList.of(store).feed(), Clock.fixed(NOW, ZoneOffset.UTC));

    private String newUser() {
        return accounts.createAnonymous(APP, login("first", 100));
    }

    private static NewLogin login(String id, long seconds) {
        return new NewLogin(id, NOW.plusSeconds(seconds));
    }

    private User user(String id) {
        return Objects.requireNonNull(accounts.findUser(id));
    }

    private Identity registered(String email) {
        IdentityKey key = new IdentityKey(APP, Provider.EMAIL_PASSWORD, email);
        assertThat(accounts.register(key, "hash")).isTrue();
        return Objects.requireNonNull(accounts.findIdentity(key));
    }

    @Test
    void endedLogInsAreDroppedByTheNextOne() {
        String id = newUser();
        accounts.addLoginOf(user(id), login("old", -1));
        accounts.addLoginOf(user(id), login("new", 200));
        assertThat(user(id).logins()).containsOnlyKeys("first", "new");
    }

    @Test
    void logInsBeyondTheLimitDropTheOneThatEndsFirst() {
        String id = newUser();
        for (int i = 1; i <= Accounts.MAX_LOGINS; i++) {
            assertThat(accounts.addLoginOf(user(id), login("l" + i, 100 + i))).isTrue();
        }
        assertThat(user(id).logins()).hasSize(Accounts.MAX_LOGINS).doesNotContainKey("first").containsKey("l1");
    }

    @Test
    void identityIsTakenByOneUserOnly() {
        Identity identity = registered("ann@example.com");
        assertThat(accounts.link(user(newUser()), identity)).isTrue();
        assertThat(accounts.link(user(newUser()), identity)).isFalse();
        assertThat(accounts.createFor(identity, login("l", 1))).isNull();
    }

    @Test
    void linkAndDeletionAtOnceLeaveNoIdentityBehind() {
        String id = newUser();
        User seen = user(id);
        Identity identity = registered("ann@example.com");
        assertThat(accounts.link(seen, identity)).isTrue();
        assertThat(accounts.delete(seen, true)).isFalse();
        assertThat(accounts.delete(user(id), true)).isTrue();
        assertThat(accounts.findIdentity(identity.key())).isNull();
        assertThat(store.count(MetadataTable.IDENTITY)).isZero();
        assertThat(store.count(MetadataTable.USER)).isZero();
    }

    @Test
    void deletedUserTakesNoLogInAndNoIdentity() {
        User seen = user(newUser());
        assertThat(accounts.delete(seen, true)).isTrue();
        assertThat(accounts.addLoginOf(seen, login("l", 1))).isFalse();
        assertThat(accounts.endLogin(seen, "first", false)).isFalse();
        assertThat(accounts.link(seen, registered("ann@example.com"))).isFalse();
        assertThat(accounts.delete(seen, true)).isFalse();
    }

    @Test
    void userWithAnEmailAddressIsNotAnonymous() {
        String id = newUser();
        assertThat(user(id).isAnonymous()).isTrue();
        accounts.link(user(id), registered("ann@example.com"));
        assertThat(user(id).isAnonymous()).isFalse();
    }

    @Test
    void endedLogInIsNotRevivedByAnExtensionThatBeganBefore() {
        String id = accounts.createAnonymous(new AppId("test-app"), new NewLogin("l", NOW.plusSeconds(60)));
        User seen = Objects.requireNonNull(accounts.findUser(id));
        NewLogin longer = new NewLogin("l", NOW.plusSeconds(600));
        assertThat(accounts.extendLogin(seen, longer)).isTrue();
        accounts.endLogin(seen, "l", false);
        assertThat(accounts.extendLogin(seen, longer)).isFalse();
        assertThat(Objects.requireNonNull(accounts.findUser(id)).logins()).isEmpty();
    }
}
