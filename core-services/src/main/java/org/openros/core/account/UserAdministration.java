// SPDX-License-Identifier: Apache-2.0
package org.openros.core.account;

import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openros.core.metadata.FieldValue.Text;
import org.openros.core.metadata.MetadataStore;
import org.openros.core.metadata.MetadataTable;
import org.openros.core.metadata.ObjectRef;
import org.openros.core.metadata.StoreUnavailableException;
import org.openros.core.metadata.Transaction;

/**
 * Makes users by order of an administrator, and sets what only administrators set. Thread-safe; blocks; each method
 * throws {@link StoreUnavailableException} when the store cannot say.
 */
public final class UserAdministration {
    private final MetadataStore store;
    private final Accounts accounts;
    private final Clock clock;

    /** Creates the object. */
    public UserAdministration(MetadataStore store, Accounts accounts, Clock clock) {
        this.store = store;
        this.accounts = accounts;
        this.clock = clock;
    }

    /**
     * Makes the user of a way in.
     *
     * @param registered the way in if it is there already, leading to nobody; null if it is to be made
     * @param wantedId null for any; no other user may have it, not even with other capitals
     * @return the id, or null if it or the way in is taken by now: read again
     */
    public @Nullable String create(
            IdentityKey key,
            @Nullable Identity registered,
            @Nullable String wantedId,
            boolean admin,
            Map<String, String> metadata) {
        Instant now = clock.instant();
        String userId = wantedId == null ? HexIds.next(now) : wantedId;
        String identityId = registered == null ? HexIds.next(now) : registered.id();
        Transaction.Builder transaction = Transaction.begin();
        if (registered == null) {
            AccountRecords.addIdentity(transaction, key, identityId, null, now);
        } else {
            transaction.requireEquals(key.object(), AccountRecords.IDENTITY_ID, new Text(identityId));
            transaction.requireEquals(key.object(), AccountRecords.USER, null);
        }
        AccountRecords.addUser(transaction, userId, key.app(), now);
        guardId(transaction, userId);
        AccountRecords.tie(transaction, key, identityId, userId);
        AccountRecords.setAttributes(transaction, new ObjectRef(MetadataTable.USER, userId), admin, metadata);
        return store.commit(transaction.build()) ? userId : null;
    }

    private static void guardId(Transaction.Builder transaction, String userId) {
        String lower = userId.toLowerCase(Locale.ROOT);
        transaction.requireAbsent(new ObjectRef(MetadataTable.USER_NAME, lower));
        ObjectRef guard = User.caseGuard(userId);
        if (guard != null) {
            transaction
                    .requireAbsent(new ObjectRef(MetadataTable.USER, lower))
                    .create(guard)
                    .set(guard, "user", new Text(userId));
        }
    }

    /** Whether a user has this id, in whatever capitals. */
    public boolean isTaken(String userId) {
        String lower = userId.toLowerCase(Locale.ROOT);
        return store.find(new ObjectRef(MetadataTable.USER, lower)) != null
                || store.find(new ObjectRef(MetadataTable.USER_NAME, lower)) != null;
    }

    /**
     * Sets what only administrators set. Sessions are authorized anew if that makes a difference for them.
     *
     * @return false if the user has changed meanwhile: read it again
     */
    public boolean setAttributes(User user, boolean admin, Map<String, String> metadata) {
        return accounts.commitFor(admin == user.admin() ? null : user.id(), transaction -> {
            transaction.requireExists(user.object());
            AccountRecords.setAttributes(transaction, user.object(), admin, metadata);
        });
    }

    /**
     * Whether somebody else administers the app too. Looks at users in turn: for rare questions.
     */
    public boolean hasOtherAdmin(User user) {
        String after = null;
        while (true) {
            var page = store.list(MetadataTable.USER, "", after, MetadataStore.MAX_PAGE);
            for (var object : page) {
                User other = AccountRecords.user(object.key(), object.object());
                if (other.admin() && other.app().equals(user.app()) && !other.id().equals(user.id())) {
                    return true;
                }
            }
            if (page.size() < MetadataStore.MAX_PAGE) {
                return false;
            }
            after = page.getLast().key();
        }
    }
}
