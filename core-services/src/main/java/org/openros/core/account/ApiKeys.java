// SPDX-License-Identifier: Apache-2.0
package org.openros.core.account;

import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openros.core.metadata.FieldValue.Flag;
import org.openros.core.metadata.FieldValue.Text;
import org.openros.core.metadata.FieldValue.Whole;
import org.openros.core.metadata.MetadataStore;
import org.openros.core.metadata.ObjectRef;
import org.openros.core.metadata.StoreUnavailableException;
import org.openros.core.metadata.StoredObject;
import org.openros.core.metadata.Transaction;
import org.openros.domain.AppId;

/**
 * The API keys of users. A key is an identity like an e-mail address, so it goes with its user. Thread-safe; blocks;
 * each method throws {@link StoreUnavailableException} when the store cannot say.
 */
public final class ApiKeys {
    private final MetadataStore store;
    private final Clock clock;

    /** Creates the object. */
    public ApiKeys(MetadataStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** The key of a secret, or null if there is certainly none. */
    public @Nullable ApiKey find(AppId app, ApiKeySecret secret) {
        return find(secret.identity(app));
    }

    /** The key of this id among those of the user, or null if there is certainly none. */
    public @Nullable ApiKey find(User user, String id) {
        IdentityKey identity = user.identities().get(id);
        return identity == null || identity.provider() != Provider.API_KEY ? null : find(identity);
    }

    /** The keys of the user, oldest first to the second. */
    public List<ApiKey> list(User user) {
        return user.identities().entrySet().stream()
                .filter(identity -> identity.getValue().provider() == Provider.API_KEY)
                .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
                .map(identity -> find(identity.getValue()))
                .filter(Objects::nonNull)
                .toList();
    }

    private @Nullable ApiKey find(IdentityKey identity) {
        StoredObject object = store.find(identity.object());
        return object == null ? null : AccountRecords.apiKey(identity, object);
    }

    /** A key that is not stored yet. */
    public ApiKey prepare(User owner, String name, ApiKeySecret secret) {
        return new ApiKey(secret.identity(owner.app()), HexIds.next(clock.instant()), owner.id(), name, false);
    }

    /**
     * Stores a prepared key.
     *
     * @param owner as it was when its keys were last read
     * @return false if the owner has changed meanwhile: read it again
     */
    public boolean add(User owner, ApiKey key) {
        Transaction.Builder transaction = Transaction.begin()
                .requireEquals(owner.object(), AccountRecords.LINK_COUNT, new Whole(owner.linkCount()))
                .set(owner.object(), AccountRecords.LINK_COUNT, new Whole(owner.linkCount() + 1));
        AccountRecords.addApiKey(transaction, key, clock.instant());
        return store.commit(transaction.build());
    }

    /**
     * Removes a key for good.
     *
     * @return false if it is gone: read again
     */
    public boolean remove(ApiKey key) {
        Transaction.Builder transaction = owned(key);
        AccountRecords.removeApiKey(transaction, key);
        return store.commit(transaction.build());
    }

    /**
     * Bars log-ins with a key, or admits them again.
     *
     * @return false if it is gone: read again
     */
    public boolean setDisabled(ApiKey key, boolean disabled) {
        ObjectRef object = key.identity().object();
        return store.commit(
                owned(key).set(object, AccountRecords.DISABLED, new Flag(disabled)).build());
    }

    /** An identity that leads to a user is there only as long as the user is. */
    private static Transaction.Builder owned(ApiKey key) {
        return Transaction.begin()
                .requireEquals(key.identity().object(), AccountRecords.USER, new Text(key.owner()));
    }
}
