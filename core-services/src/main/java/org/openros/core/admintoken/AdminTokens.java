// SPDX-License-Identifier: Apache-2.0
package org.openros.core.admintoken;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.core.account.HexIds;
import org.openros.core.metadata.FieldValue.Moment;
import org.openros.core.metadata.FieldValue.Text;
import org.openros.core.metadata.KeyedObject;
import org.openros.core.metadata.MetadataStore;
import org.openros.core.metadata.MetadataTable;
import org.openros.core.metadata.ObjectRef;
import org.openros.core.metadata.StoreUnavailableException;
import org.openros.core.metadata.StoredObject;
import org.openros.core.metadata.Transaction;
import org.openros.domain.token.AdminRole;
import org.openros.domain.token.AdminToken;
import org.openros.domain.token.AdminTokenVerifier;
import org.openros.domain.token.InvalidTokenException;
import org.openros.domain.token.KeysUnavailableException;
import org.openros.domain.token.TokenIssuer;

/**
 * Issues, checks and revokes administrators' tokens. An issued token is good as long as its record is there; an
 * outage of the store bars nobody whose token was seen shortly before. Thread-safe; blocks.
 */
public final class AdminTokens {
    /** Within this time a revocation by another process may go unnoticed. */
    private static final Duration FRESH = Duration.ofSeconds(3);

    /** How long an outage is bridged: administrators are needed most while something is away. */
    private static final Duration KEPT = Duration.ofMinutes(30);

    private static final int MAX_REMEMBERED = 10_000;
    private static final String NAME = "name";
    private static final String ROLE = "role";
    private static final String CREATED = "createdAt";
    private static final String EXPIRES = "expiresAt";

    private final AdminTokenVerifier verifier;
    private final TokenIssuer issuer;
    private final MetadataStore store;
    private final Clock clock;
    private final Ticker ticker;
    private final Cache<String, Long> good;

    /** Creates the object. */
    AdminTokens(AdminTokenVerifier verifier, TokenIssuer issuer, MetadataStore store, Clock clock, Ticker ticker) {
        this.verifier = verifier;
        this.issuer = issuer;
        this.store = store;
        this.clock = clock;
        this.ticker = ticker;
        good = Caffeine.newBuilder()
                .maximumSize(MAX_REMEMBERED)
                .expireAfterWrite(KEPT)
                .ticker(ticker)
                .build();
    }

    /**
     * A token with its text.
     *
     * @param text shown once, and kept nowhere
     */
    public record Fresh(IssuedToken token, String text) {
        @Override
        public String toString() {
            return "Fresh[" + token.id() + "]";
        }
    }

    /**
     * Checks a token.
     *
     * @throws InvalidTokenException if it is certainly bad; with reason {@code WRONG_KIND} it may be a good one of
     * another kind
     * @throws KeysUnavailableException if nothing can be said now
     * @throws StoreUnavailableException if it cannot be said now whether it was revoked
     */
    public AdminToken verify(String text) throws InvalidTokenException, KeysUnavailableException {
        AdminToken token = verifier.verify(text);
        String id = token.id();
        if (id != null && !isThere(id)) {
            throw new InvalidTokenException(InvalidTokenException.Reason.EXPIRED, "the token has been revoked");
        }
        return token;
    }

    private boolean isThere(String id) {
        Long seen = good.getIfPresent(id);
        if (seen != null && (!store.isReachable() || ticker.read() - seen < FRESH.toNanos())) {
            return true;
        }
        try {
            if (store.find(ref(id)) == null) {
                good.invalidate(id);
                return false;
            }
            good.put(id, ticker.read());
            return true;
        } catch (StoreUnavailableException e) {
            if (seen == null) {
                throw e;
            }
            return true;
        }
    }

    /** Issues a token. */
    public Fresh issue(String name, AdminRole role, Duration lifetime) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        IssuedToken token = new IssuedToken(HexIds.next(now), name, role, now, now.plus(lifetime));
        ObjectRef ref = ref(token.id());
        boolean done = store.commit(Transaction.begin()
                .requireAbsent(ref)
                .create(ref)
                .set(ref, NAME, new Text(name))
                .set(ref, ROLE, new Text(role.text()))
                .set(ref, CREATED, new Moment(now))
                .set(ref, EXPIRES, new Moment(token.expiresAt()))
                .build());
        if (!done && find(token.id()) == null) {
            throw new StoreUnavailableException("the token could not be kept");
        }
        return new Fresh(token, issuer.issue(new AdminToken(name, role, token.id(), token.expiresAt())));
    }

    /** A token that was issued; null if there is none. */
    public @Nullable IssuedToken find(String id) {
        StoredObject object = store.find(ref(id));
        return object == null ? null : read(new KeyedObject(id, object));
    }

    /** Tokens that were issued and not revoked, oldest first. */
    public List<IssuedToken> list(@Nullable String after, int limit) {
        return store.list(MetadataTable.ADMIN_TOKEN, "", after, limit).stream()
                .map(AdminTokens::read)
                .toList();
    }

    /** Makes a token good for nothing; others notice within seconds. */
    public void revoke(String id) {
        store.commit(Transaction.begin().erase(ref(id)).build());
        good.invalidate(id);
    }

    private static IssuedToken read(KeyedObject object) {
        AdminRole role = AdminRole.named(object.object().text(ROLE));
        return new IssuedToken(
                object.key(),
                String.valueOf(object.object().text(NAME)),
                role == null ? AdminRole.AUDITOR : role,
                object.object().moment(CREATED),
                object.object().moment(EXPIRES));
    }

    private static ObjectRef ref(String id) {
        return new ObjectRef(MetadataTable.ADMIN_TOKEN, id);
    }
}
