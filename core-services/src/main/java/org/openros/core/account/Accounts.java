// SPDX-License-Identifier: Apache-2.0
package org.openros.core.account;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openros.core.metadata.FieldValue.Flag;
import org.openros.core.metadata.FieldValue.Text;
import org.openros.core.metadata.FieldValue.Whole;
import org.openros.core.metadata.MetadataStore;
import org.openros.core.metadata.MetadataTable;
import org.openros.core.metadata.ObjectRef;
import org.openros.core.metadata.StoreUnavailableException;
import org.openros.core.metadata.StoredObject;
import org.openros.core.metadata.Transaction;
import org.openros.core.permission.AccessChange;
import org.openros.core.permission.AccessFeed;
import org.openros.domain.AppId;

import static org.openros.core.account.AccountRecords.addIdentity;
import static org.openros.core.account.AccountRecords.addLogin;
import static org.openros.core.account.AccountRecords.addToProfile;
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
    private final AccessFeed feed;

    /**
     * Creates the object.
     *
     * @param feed hears of users whose open sessions have to be authorized anew
     */
    public Accounts(MetadataStore store, AccessFeed feed, Clock clock) {
        this.store = store;
        this.feed = feed;
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
     * Adds a confirmed way in that leads to nobody yet.
     *
     * @return false if it is there already
     */
    public boolean register(IdentityKey key, String passwordHash) {
        return register(key, passwordHash, false);
    }

    /**
     * Adds a way in that leads to nobody yet.
     *
     * @param unconfirmed whether the owner of the address has to confirm it before the first log-in
     * @return false if it is there already
     */
    public boolean register(IdentityKey key, String passwordHash, boolean unconfirmed) {
        String id = HexIds.next(clock.instant());
        Transaction.Builder transaction = Transaction.begin();
        addIdentity(transaction, key, id, passwordHash, clock.instant());
        if (unconfirmed) {
            transaction.set(key.object(), AccountRecords.UNCONFIRMED, new Flag(true));
        }
        return store.commit(transaction.build()) || isMine(findIdentity(key), id);
    }

    /** Whether a refused registration is in the way of itself: the reply to a first try was lost. */
    private static boolean isMine(@Nullable Identity identity, String id) {
        return identity != null && identity.id().equals(id);
    }

    /** Takes back a registration, unless it leads to a user by now. */
    public void unregister(Identity identity) {
        store.commit(Transaction.begin()
                .requireEquals(identity.key().object(), AccountRecords.IDENTITY_ID, new Text(identity.id()))
                .requireEquals(identity.key().object(), AccountRecords.USER, null)
                .erase(identity.key().object())
                .build());
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
     * @return false if the user is gone or barred
     */
    public boolean addLoginOf(User user, NewLogin login) {
        return addLoginOf(user, login, null, Map.of());
    }

    /**
     * Makes the user of a way in that others vouch for, and logs it in.
     *
     * @return the user's id, or null if the way in is known by now: read it again
     */
    public @Nullable String createVouched(Vouched vouched, NewLogin login) {
        Instant now = clock.instant();
        String userId = HexIds.next(now);
        String identityId = HexIds.next(now);
        Transaction.Builder transaction = Transaction.begin();
        addIdentity(transaction, vouched.key(), identityId, null, now);
        addUser(transaction, userId, vouched.key().app(), now);
        tie(transaction, vouched.key(), identityId, userId);
        addToProfile(transaction, userId, Map.of(), vouched.profile());
        addLogin(transaction, userId, login);
        return store.commit(transaction.build()) ? userId : null;
    }

    /**
     * Adds a log-in of a way in that others vouch for, and what they tell.
     *
     * @return false if the user is gone or barred
     */
    public boolean addLoginOf(User user, NewLogin login, Vouched vouched) {
        return addLoginOf(user, login, null, vouched.profile());
    }

    /**
     * Adds a log-in and drops those that have ended.
     *
     * @param proven the way in that was shown, if its password may be changed by others at the same time
     * @return false if the user is gone or barred, or the password another one by now
     */
    public boolean addLoginOf(User user, NewLogin login, @Nullable Identity proven) {
        return addLoginOf(user, login, proven, Map.of());
    }

    private boolean addLoginOf(
            User user, NewLogin login, @Nullable Identity proven, Map<String, String> profile) {
        Transaction.Builder transaction =
                Transaction.begin().requireEquals(user.object(), AccountRecords.DISABLED, new Flag(false));
        addToProfile(transaction, user.id(), user.profile(), profile);
        if (proven != null && proven.passwordHash() != null) {
            transaction.requireEquals(
                    proven.key().object(), AccountRecords.PASSWORD_HASH, new Text(proven.passwordHash()));
        }
        loginsToDrop(user).forEach(loginId -> removeLogin(transaction, user.id(), loginId));
        addLogin(transaction, user.id(), login);
        return store.commit(transaction.build());
    }

    /**
     * Gives a way in a new password, confirms it, and ends log-ins of its user.
     *
     * @param kept the log-in that goes on; null if none does
     */
    void changePassword(
            Transaction.Builder transaction, Identity identity, String passwordHash, @Nullable String kept) {
        ObjectRef object = identity.key().object();
        String userId = identity.userId();
        transaction
                .requireEquals(object, AccountRecords.USER, userId == null ? null : new Text(userId))
                .set(object, AccountRecords.PASSWORD_HASH, new Text(passwordHash))
                .set(object, AccountRecords.UNCONFIRMED, new Flag(false));
        User user = userId == null ? null : findUser(userId);
        if (user != null) {
            endLogins(transaction, user, kept);
        }
    }

    /**
     * Gives a way in a new password, confirms it, and ends all log-ins of its user.
     *
     * @return false if it has changed meanwhile: read it again
     */
    public boolean changePassword(Identity identity, String passwordHash) {
        return changePassword(identity, passwordHash, null);
    }

    /**
     * Gives a way in a new password, confirms it, and ends log-ins of its user.
     *
     * @param kept the log-in that goes on; null if none does
     * @return false if it has changed meanwhile: read it again
     */
    public boolean changePassword(Identity identity, String passwordHash, @Nullable String kept) {
        boolean done = commitFor(identity.userId(), transaction -> {
            transaction.requireEquals(
                    identity.key().object(), AccountRecords.IDENTITY_ID, new Text(identity.id()));
            changePassword(transaction, identity, passwordHash, kept);
        });
        return done || hasPassword(identity, passwordHash);
    }

    /**
     * Gives a way in a new password; no log-in ends.
     *
     * @return false if it has changed meanwhile: read it again
     */
    public boolean replacePassword(Identity identity, String passwordHash) {
        Transaction.Builder transaction = Transaction.begin()
                .requireEquals(identity.key().object(), AccountRecords.IDENTITY_ID, new Text(identity.id()))
                .set(identity.key().object(), AccountRecords.PASSWORD_HASH, new Text(passwordHash));
        return store.commit(transaction.build()) || hasPassword(identity, passwordHash);
    }

    /**
     * Makes changes after which the sessions of a user have to be authorized anew.
     *
     * @param userId null if the change concerns no user yet
     * @param changes may be called again with a new builder
     * @return false if a condition of the caller does not hold
     */
    boolean commitFor(@Nullable String userId, Consumer<Transaction.Builder> changes) {
        if (userId != null) {
            return feed.commit(new AccessChange(null, userId), changes);
        }
        Transaction.Builder transaction = Transaction.begin();
        changes.accept(transaction);
        return store.commit(transaction.build());
    }

    /** Confirms an address. */
    public void confirm(Identity identity) {
        store.commit(Transaction.begin()
                .requireEquals(identity.key().object(), AccountRecords.IDENTITY_ID, new Text(identity.id()))
                .set(identity.key().object(), AccountRecords.UNCONFIRMED, new Flag(false))
                .build());
    }

    /** Whether a refused change is there all the same: hashes are salted, so nobody else made this one. */
    boolean hasPassword(Identity identity, String passwordHash) {
        Identity now = findIdentity(identity.key());
        return now != null && passwordHash.equals(now.passwordHash());
    }

    private void endLogins(Transaction.Builder transaction, User user, @Nullable String kept) {
        transaction.requireExists(user.object());
        user.logins().keySet().stream()
                .filter(loginId -> !loginId.equals(kept))
                .forEach(loginId -> removeLogin(transaction, user.id(), loginId));
        transaction.set(user.object(), AccountRecords.LAST_END, new Text(HexIds.next(clock.instant())));
    }

    /**
     * Ends all log-ins of a user; new ones can begin at once.
     *
     * @return false if the user has changed meanwhile: read it again
     */
    public boolean endAllLogins(User user) {
        return commitFor(user.id(), transaction -> endLogins(transaction, user, null));
    }

    /**
     * Bars a user from all it may do, or admits it again.
     *
     * @return false if the user has changed meanwhile: read it again
     */
    public boolean setDisabled(User user, boolean disabled) {
        return change(user, disabled, null, false);
    }

    /**
     * Changes what administrators change of a user.
     *
     * @param disabled bars the user from all it may do, or admits it again; null leaves it
     * @param customData a JSON object as text; null leaves it
     * @param exactly only if neither this nor the ways in have changed since the user was read
     * @return false if the user has changed meanwhile: read it again
     */
    public boolean change(
            User user, @Nullable Boolean disabled, @Nullable String customData, boolean exactly) {
        return commitFor(Boolean.TRUE.equals(disabled) ? user.id() : null, transaction -> {
            transaction.requireExists(user.object());
            if (exactly) {
                AccountRecords.requireUnchanged(transaction, user);
            }
            if (disabled != null) {
                transaction.set(user.object(), AccountRecords.DISABLED, new Flag(disabled));
            }
            if (customData != null) {
                AccountRecords.setCustomData(transaction, user.id(), customData);
            }
        });
    }

    /**
     * Lets a log-in end later, unless any has ended since the user was read: it could have been this one.
     *
     * @return false if nothing was changed
     */
    public boolean extendLogin(User user, NewLogin login) {
        Transaction.Builder transaction = Transaction.begin()
                .requireEquals(user.object(), AccountRecords.DISABLED, new Flag(false))
                .requireEquals(
                        user.object(),
                        AccountRecords.LAST_END,
                        user.lastEnd() == null ? null : new Text(user.lastEnd()));
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
     * @param tell whether what it has open is to end; needless if its client did that
     * @return false if the user is gone
     */
    public boolean endLogin(User user, String loginId, boolean tell) {
        return commitFor(tell ? user.id() : null, transaction -> {
            transaction
                    .requireExists(user.object())
                    .set(user.object(), AccountRecords.LAST_END, new Text(HexIds.next(clock.instant())));
            removeLogin(transaction, user.id(), loginId);
        });
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
     * Lets a way in that others vouch for, and that nobody used before, lead to a user that is there.
     *
     * @return false if either has changed meanwhile: read them again
     */
    public boolean linkVouched(User user, Vouched vouched) {
        Instant now = clock.instant();
        String identityId = HexIds.next(now);
        Transaction.Builder transaction = Transaction.begin()
                .requireEquals(user.object(), AccountRecords.LINK_COUNT, new Whole(user.linkCount()))
                .set(user.object(), AccountRecords.LINK_COUNT, new Whole(user.linkCount() + 1));
        addIdentity(transaction, vouched.key(), identityId, null, now);
        tie(transaction, vouched.key(), identityId, user.id());
        addToProfile(transaction, user.id(), user.profile(), vouched.profile());
        return store.commit(transaction.build());
    }

    /**
     * Sets what the app learns of the user with each access token.
     *
     * @param customData a JSON object as text
     * @return false if there is no such user
     */
    public boolean setCustomData(String userId, String customData) {
        Transaction.Builder transaction =
                Transaction.begin().requireExists(new ObjectRef(MetadataTable.USER, userId));
        AccountRecords.setCustomData(transaction, userId, customData);
        return store.commit(transaction.build());
    }

    /**
     * Removes a user and all ways in to it; its addresses can be registered again.
     *
     * @param tell whether what the user has open is to end; needless if its only client did that
     * @return false if the user has changed meanwhile: read it again
     */
    public boolean delete(User user, boolean tell) {
        return commitFor(tell ? user.id() : null, transaction -> {
            AccountRecords.requireUnchanged(transaction, user);
            for (IdentityKey key : user.identities().values()) {
                transaction
                        .requireEquals(key.object(), AccountRecords.USER, new Text(user.id()))
                        .erase(key.object());
            }
            ObjectRef guard = User.caseGuard(user.id());
            if (guard != null) {
                transaction.erase(guard);
            }
            transaction.erase(user.object());
        });
    }
}
