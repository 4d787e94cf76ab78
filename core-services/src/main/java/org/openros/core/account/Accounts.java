// SPDX-License-Identifier: Apache-2.0
package org.openros.core.account;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openros.core.metadata.FieldValue.Text;
import org.openros.core.metadata.FieldValue.Whole;
import org.openros.core.metadata.MetadataStore;
import org.openros.core.metadata.MetadataTable;
import org.openros.core.metadata.ObjectRef;
import org.openros.core.metadata.StoreUnavailableException;
import org.openros.core.metadata.StoredObject;
import org.openros.core.metadata.Transaction;
import org.openros.domain.AppId;

import static org.openros.core.account.AccountRecords.addIdentity;
import static org.openros.core.account.AccountRecords.addLogin;
import static org.openros.core.account.AccountRecords.addUser;
import static org.openros.core.account.AccountRecords.identity;
import static org.openros.core.account.AccountRecords.removeLogin;
import static org.openros.core.account.AccountRecords.tie;
import static org.openros.core.account.AccountRecords.user;

/**
 * Users and their ways in. Every change is one conditional transaction, so that two nodes, or two requests at once,
 * never make two users of one address. Thread-safe; blocks; each method throws {@link StoreUnavailableException} when
 * the store cannot say.
 */
public final class Accounts {
    /** How many log-ins of one user live at a time; beyond it the ones that end first are dropped. */
    static final int MAX_LOGINS = 1_000;

    private final MetadataStore store;
    private final Clock clock;

    /** Creates the object. */
    public Accounts(MetadataStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Whether the store is likely to answer; never blocks. */
    public boolean isReachable() {
        return store.isReachable();
    }

    /** The user of an id, or null if there is certainly none. */
    public @Nullable User findUser(String userId) {
        StoredObject object = store.find(new ObjectRef(MetadataTable.USER, userId));
        return object == null ? null : user(userId, object);
    }

    /** The way in, or null if there is certainly none. */
    public @Nullable Identity findIdentity(IdentityKey key) {
        StoredObject object = store.find(key.object());
        return object == null ? null : identity(key, object);
    }

    /**
     * Adds a way in that leads to nobody yet.
     *
     * @return false if it is there already
     */
    public boolean register(IdentityKey key, String passwordHash) {
        String id = HexIds.next(clock.instant());
        Transaction.Builder transaction = Transaction.begin();
        addIdentity(transaction, key, id, passwordHash, clock.instant());
        return store.commit(transaction.build()) || isMine(findIdentity(key), id);
    }

    /** Whether a refused registration is in the way of itself: the reply to a first try was lost. */
    private static boolean isMine(@Nullable Identity identity, String id) {
        return identity != null && identity.id().equals(id);
    }

    /** Makes an anonymous user and logs it in. */
    public String createAnonymous(AppId app, NewLogin login) {
        Instant now = clock.instant();
        String userId = HexIds.next(now);
        String identityId = HexIds.next(now);
        IdentityKey key = new IdentityKey(app, Provider.ANONYMOUS, userId);
        Transaction.Builder transaction = Transaction.begin();
        addUser(transaction, userId, app, now);
        addIdentity(transaction, key, identityId, null, now);
        tie(transaction, key, identityId, userId);
        addLogin(transaction, userId, login);
        if (!store.commit(transaction.build()) && findUser(userId) == null) {
            throw new StoreUnavailableException("the new user could not be made");
        }
        return userId;
    }

    /**
     * Makes the user of a registered way in and logs it in.
     *
     * @return the user's id, or null if the way in has changed meanwhile: read it again
     */
    public @Nullable String createFor(Identity identity, NewLogin login) {
        Instant now = clock.instant();
        String userId = HexIds.next(now);
        Transaction.Builder transaction = Transaction.begin();
        transaction.requireEquals(identity.key().object(), AccountRecords.USER, null);
        addUser(transaction, userId, identity.key().app(), now);
        tie(transaction, identity.key(), identity.id(), userId);
        addLogin(transaction, userId, login);
        return store.commit(transaction.build()) ? userId : null;
    }

    /**
     * Adds a log-in and drops those that have ended.
     *
     * @return false if the user is gone
     */
    public boolean addLoginOf(User user, NewLogin login) {
        Transaction.Builder transaction = Transaction.begin().requireExists(user.object());
        loginsToDrop(user).forEach(loginId -> removeLogin(transaction, user.id(), loginId));
        addLogin(transaction, user.id(), login);
        return store.commit(transaction.build());
    }

    private List<String> loginsToDrop(User user) {
        Instant now = clock.instant();
        List<String> byEnd = user.logins().entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .toList();
        int ended = (int) byEnd.stream().takeWhile(loginId -> !user.hasLogin(loginId, now)).count();
        return byEnd.subList(0, Math.max(ended, byEnd.size() + 1 - MAX_LOGINS));
    }

    /**
     * Ends a log-in.
     *
     * @return false if the user is gone
     */
    public boolean endLogin(User user, String loginId) {
        Transaction.Builder transaction = Transaction.begin().requireExists(user.object());
        removeLogin(transaction, user.id(), loginId);
        return store.commit(transaction.build());
    }

    /**
     * Lets a registered way in lead to a user that is there.
     *
     * @return false if either has changed meanwhile: read them again
     */
    public boolean link(User user, Identity identity) {
        Transaction.Builder transaction = Transaction.begin()
                .requireEquals(identity.key().object(), AccountRecords.USER, null)
                .requireEquals(user.object(), AccountRecords.LINK_COUNT, new Whole(user.linkCount()))
                .set(user.object(), AccountRecords.LINK_COUNT, new Whole(user.linkCount() + 1));
        tie(transaction, identity.key(), identity.id(), user.id());
        return store.commit(transaction.build());
    }

    /**
     * Removes a user and all ways in to it; its addresses can be registered again.
     *
     * @return false if the user has changed meanwhile: read it again
     */
    public boolean delete(User user) {
        Transaction.Builder transaction = Transaction.begin()
                .requireEquals(user.object(), AccountRecords.LINK_COUNT, new Whole(user.linkCount()));
        for (IdentityKey key : user.identities().values()) {
            transaction
                    .requireEquals(key.object(), AccountRecords.USER, new Text(user.id()))
                    .erase(key.object());
        }
        return store.commit(transaction.erase(user.object()).build());
    }
}
