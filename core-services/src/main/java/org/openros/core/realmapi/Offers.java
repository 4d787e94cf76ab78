// SPDX-License-Identifier: Apache-2.0
package org.openros.core.realmapi;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openros.core.metadata.FieldValue;
import org.openros.core.metadata.FieldValue.Moment;
import org.openros.core.metadata.FieldValue.Text;
import org.openros.core.metadata.MetadataStore;
import org.openros.core.metadata.MetadataTable;
import org.openros.core.metadata.ObjectRef;
import org.openros.core.metadata.StoredObject;
import org.openros.core.metadata.Transaction;
import org.openros.core.permission.AccessLevel;
import org.openros.domain.RealmPath;

/** The offers in the store. Thread-safe; blocks. */
final class Offers {
    private static final int TOKEN_BYTES = 24;
    private static final int LONGEST_TOKEN = 100;
    private static final int MAX_LIST = 1000;

    private final MetadataStore store;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Offers(MetadataStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    Offer make(RealmPath path, AccessLevel level, String creator, @Nullable Instant expiresAt) {
        byte[] secret = new byte[TOKEN_BYTES];
        random.nextBytes(secret);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        Offer offer =
                new Offer(token, path, level, creator, clock.instant().truncatedTo(ChronoUnit.MILLIS), expiresAt);
        ObjectRef ref = ref(token);
        Transaction.Builder transaction = Transaction.begin()
                .create(ref)
                .set(ref, "path", new Text(path.value()))
                .set(ref, "level", new Text(level.name()))
                .set(ref, "creator", new Text(creator))
                .set(ref, "createdAt", new Moment(offer.createdAt()));
        if (expiresAt != null) {
            transaction.set(ref, "expiresAt", new Moment(expiresAt));
        }
        ObjectRef index = index(creator, token);
        store.commit(transaction.create(index).set(index, "token", new Text(token)).build());
        return offer;
    }

    /** The offer of a token; null if there is none. */
    @Nullable Offer find(String token) {
        if (token.isEmpty() || token.length() > LONGEST_TOKEN) {
            return null;
        }
        StoredObject object = store.find(ref(token));
        return object == null ? null : read(token, object);
    }

    private static Offer read(String token, StoredObject object) {
        FieldValue end = object.fields().get("expiresAt");
        return new Offer(
                token,
                new RealmPath(Objects.requireNonNull(object.text("path"))),
                AccessLevel.valueOf(Objects.requireNonNull(object.text("level"))),
                Objects.requireNonNull(object.text("creator")),
                object.moment("createdAt"),
                end instanceof Moment(Instant expiresAt) ? expiresAt : null);
    }

    /** The offers that somebody made, 1,000 at most. */
    List<Offer> of(String creator) {
        return store.list(MetadataTable.OFFERER, creator + " ", null, MAX_LIST).stream()
                .map(object -> find(Objects.requireNonNull(object.object().text("token"))))
                .filter(Objects::nonNull)
                .map(offer -> (Offer) offer)
                .toList();
    }

    void withdraw(Offer offer) {
        store.commit(Transaction.begin()
                .erase(ref(offer.token()))
                .erase(index(offer.creator(), offer.token()))
                .build());
    }

    private static ObjectRef ref(String token) {
        return new ObjectRef(MetadataTable.OFFER, token);
    }

    private static ObjectRef index(String creator, String token) {
        return new ObjectRef(MetadataTable.OFFERER, creator + " " + token);
    }
}
