// SPDX-License-Identifier: Apache-2.0
package org.openros.core.account;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openros.core.metadata.InMemoryMetadataStore;
import org.openros.core.permission.AccessList;
import org.openros.domain.AppId;

import static org.assertj.core.api.Assertions.assertThat;

class MailTokensTest {
    private static final IdentityKey KEY =
            new IdentityKey(new AppId("test-app"), Provider.EMAIL_PASSWORD, "ann@example.com");
    private static final Duration LIFE = Duration.ofMinutes(90);

    private final SetClock clock = new SetClock();
    private final InMemoryMetadataStore store = new InMemoryMetadataStore();
    private final Accounts accounts = new Accounts(store, AccessList.of(store).feed(), clock);
    private final MailTokens tokens = new MailTokens(store, accounts, clock);

    @BeforeEach
    void register() {
        accounts.register(KEY, "hash", true);
    }

    private Identity ann() {
        return Objects.requireNonNull(accounts.findIdentity(KEY));
    }

    private MailProof issue(MailPurpose purpose) {
        return Objects.requireNonNull(tokens.issue(ann(), purpose, LIFE, 3));
    }

    @Test
    void tokenOpensUntilItsLifeIsOver() {
        MailProof proof = issue(MailPurpose.RESET);
        clock.now = clock.now.plus(LIFE).minusSeconds(1);
        assertThat(tokens.find(proof, MailPurpose.RESET)).isEqualTo(ann());
        clock.now = clock.now.plusSeconds(1);
        assertThat(tokens.find(proof, MailPurpose.RESET)).isNull();
    }

    @Test
    void hourIsCountedAndBeginsAnew() {
        for (int i = 0; i < 3; i++) {
            issue(MailPurpose.RESET);
        }
        assertThat(tokens.issue(ann(), MailPurpose.RESET, LIFE, 3)).isNull();
        assertThat(tokens.issue(ann(), MailPurpose.CONFIRM, LIFE, 3)).isNotNull();
        clock.now = clock.now.plus(Duration.ofHours(1));
        assertThat(tokens.issue(ann(), MailPurpose.RESET, LIFE, 3)).isNotNull();
    }

    @Test
    void refusedTokenLeavesTheLastOneGood() {
        issue(MailPurpose.RESET);
        issue(MailPurpose.RESET);
        MailProof last = issue(MailPurpose.RESET);
        tokens.issue(ann(), MailPurpose.RESET, LIFE, 3);
        assertThat(tokens.find(last, MailPurpose.RESET)).isNotNull();
    }

    @Test
    void tokenOfADeletedAccountDoesNotOpenTheNextOneOfTheAddress() {
        MailProof proof = issue(MailPurpose.RESET);
        accounts.unregister(ann());
        accounts.register(KEY, "another hash", true);
        assertThat(tokens.find(proof, MailPurpose.RESET)).isNull();
    }

    @Test
    void ofTwoWhoUseATokenAtOnceOneWins() {
        MailProof proof = issue(MailPurpose.RESET);
        Identity seen = ann();
        assertThat(tokens.resetPassword(seen, proof, "first")).isTrue();
        assertThat(tokens.resetPassword(seen, proof, "second")).isFalse();
        assertThat(ann().passwordHash()).isEqualTo("first");
    }

    @Test
    void logInWithTheOldPasswordLosesAgainstAReset() {
        String user = Objects.requireNonNull(
                accounts.createFor(ann(), new NewLogin("first", clock.now.plusSeconds(100))));
        Identity proven = ann();
        tokens.resetPassword(ann(), issue(MailPurpose.RESET), "new");
        User seen = Objects.requireNonNull(accounts.findUser(user));
        assertThat(seen.logins()).isEmpty();
        assertThat(accounts.addLoginOf(seen, new NewLogin("late", clock.now.plusSeconds(100)), proven)).isFalse();
    }

    private static final class SetClock extends Clock {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
