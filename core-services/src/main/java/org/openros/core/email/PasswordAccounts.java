// SPDX-License-Identifier: Apache-2.0
package org.openros.core.email;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.core.account.Accounts;
import org.openros.core.account.Identity;
import org.openros.core.account.IdentityKey;
import org.openros.core.account.MailProof;
import org.openros.core.account.MailPurpose;
import org.openros.core.account.MailTokens;
import org.openros.core.account.UserRegistry;
import org.openros.core.account.UserStates;
import org.openros.core.http.ApiError;
import org.openros.core.http.ApiException;
import org.openros.core.limit.Limits;
import org.openros.domain.AppId;
import tools.jackson.databind.JsonNode;

import static org.openros.core.account.Attempts.untilCommitted;

/** Registration, checking, confirmation and reset of e-mail addresses with passwords. Thread-safe. */
public final class PasswordAccounts {
    private static final int MIN_PASSWORD = 6;
    private static final int MAX_PASSWORD = 1024;

    private final Accounts accounts;
    private final UserStates states;
    private final PasswordHashing hashing;
    private final MailTokens tokens;
    private final Confirmations confirmations;
    private final Limits limits;

    PasswordAccounts(
            Accounts accounts,
            UserStates states,
            PasswordHashing hashing,
            MailTokens tokens,
            Confirmations confirmations,
            Limits limits) {
        this.accounts = accounts;
        this.states = states;
        this.hashing = hashing;
        this.tokens = tokens;
        this.confirmations = confirmations;
        this.limits = limits;
    }

    /** Adds an account; its user is made by the first log-in. */
    public void register(AppId app, String email, String password, Asker asker) {
        EmailAddress address = EmailAddress.of(email);
        requirePassword(password);
        if (!confirmations.automatic()) {
            address.requireDeliverable();
        }
        IdentityKey key = address.identity(app);
        // Asked before the costly hash; the commit decides if two register at once.
        if (isRegistered(key) || !accounts.register(key, hashing.hash(password), !confirmations.automatic())) {
            throw ApiError.NAME_IN_USE.exception();
        }
        confirmations.begin(app, address, asker);
    }

    /**
     * Makes a user with a confirmed address, who can log in at once.
     *
     * @return its id, or null if the address is taken
     */
    public @Nullable String createUser(UserRegistry users, AppId app, String email, String password) {
        EmailAddress address = EmailAddress.of(email);
        requirePassword(password);
        return users.create(address.identity(app), hashing.hash(password));
    }

    /** Whether mails can be sent. */
    public boolean sendsMail() {
        return confirmations.hasMail();
    }

    /** The way in of an address as it is stored; null if a text cannot be the name of an account. */
    public static @Nullable IdentityKey key(AppId app, String email) {
        try {
            return EmailAddress.of(email).identity(app);
        } catch (ApiException e) {
            return null;
        }
    }

    /** Whether it is the password of the way in. */
    public boolean isPassword(Identity identity, String password) {
        return isPassword(identity.key(), password, identity.passwordHash());
    }

    /** Whether a hash is that of a password; ends in a 429 reply if it was not too often. */
    public boolean isPassword(IdentityKey key, String password, @Nullable String hash) {
        String name = key.app() + "/" + key.subject();
        limits.accounts().take(name);
        boolean matches = hashing.matches(password, hash);
        if (matches) {
            limits.accounts().giveBack(name);
        }
        return matches;
    }

    /**
     * Gives an address a new password.
     *
     * @param kept the log-in that goes on in any case; null if there is none
     * @param endOthers whether all other log-ins of the user end
     */
    public void change(IdentityKey key, String password, @Nullable String kept, boolean endOthers) {
        requirePassword(password);
        String hash = hashing.hash(password);
        Identity changed = untilCommitted(() -> {
            Identity identity = accounts.findIdentity(key);
            if (identity == null) {
                throw ApiError.NO_USER.exception();
            }
            boolean done = endOthers
                    ? accounts.changePassword(identity, hash, kept)
                    : accounts.replacePassword(identity, hash);
            return done ? identity : null;
        });
        forget(changed);
    }

    private static void requirePassword(String password) {
        if (password.length() < MIN_PASSWORD || password.length() > MAX_PASSWORD) {
            throw ApiError.BAD_REQUEST.exception(
                    "password must be between " + MIN_PASSWORD + " and " + MAX_PASSWORD + " characters");
        }
    }

    /**
     * Sends a mail to whoever registered with the address. The answer and its time are the same for all addresses; only
     * where there is no mail at all, and nothing to send, an unknown address ends in a 404 reply.
     */
    public void send(AppId app, String email, MailPurpose purpose, Asker asker) {
        EmailAddress address = EmailAddress.of(email);
        if (!confirmations.send(app, address, purpose, asker) && !isRegistered(address.identity(app))) {
            throw ApiError.NO_USER.exception();
        }
    }

    /** Ends in a 404 reply if the installation has no function to confirm accounts. */
    void requireConfirmationFunction() {
        confirmations.requireConfirmationFunction();
    }

    /** Ends in a 404 reply if the installation has no function to reset passwords. */
    void requireResetFunction() {
        confirmations.requireResetFunction();
    }

    /** Asks the confirmation function again; ends in an error reply if it does not confirm. */
    void callConfirmation(AppId app, String email, Asker asker) {
        confirmations.call(app, EmailAddress.of(email), asker);
    }

    private boolean isRegistered(IdentityKey key) {
        return accounts.findIdentity(key) != null;
    }

    /**
     * Confirms the address that a mail went to.
     *
     * @param app the app that it must belong to, or null for any
     * @return the identity that is confirmed now
     */
    public Identity confirm(@Nullable AppId app, MailProof proof) {
        return untilCommitted(() -> {
            Identity owner = requireOwner(app, proof, MailPurpose.CONFIRM);
            return tokens.confirm(owner, proof) ? owner : null;
        });
    }

    /**
     * Gives the address that a mail went to a new password, and ends all log-ins of its user.
     *
     * @param app the app that it must belong to, or null for any
     * @return the identity that has the password now
     */
    public Identity reset(@Nullable AppId app, MailProof proof, String password) {
        requirePassword(password);
        requireOwner(app, proof, MailPurpose.RESET);
        String hash = hashing.hash(password);
        Identity done = untilCommitted(() -> {
            Identity owner = requireOwner(app, proof, MailPurpose.RESET);
            return tokens.resetPassword(owner, proof, hash) ? owner : null;
        });
        forget(done);
        return done;
    }

    /** Asks the reset function; ends in an error reply if it refuses, or nobody has the address. */
    void callReset(AppId app, String email, String password, List<JsonNode> arguments, Asker asker) {
        IdentityKey key = EmailAddress.of(email).identity(app);
        requirePassword(password);
        String hash = hashing.hash(password);
        Identity identity = accounts.findIdentity(key);
        if (identity == null) {
            throw Confirmations.refused();
        }
        if (confirmations.allowsReset(identity, arguments, asker)) {
            untilCommitted(() -> accounts.changePassword(again(identity), hash) ? identity : null);
            forget(identity);
        }
    }

    private Identity again(Identity seen) {
        Identity identity = accounts.findIdentity(seen.key());
        if (identity == null || !identity.id().equals(seen.id())) {
            throw Confirmations.refused();
        }
        return identity;
    }

    private Identity requireOwner(@Nullable AppId app, MailProof proof, MailPurpose purpose) {
        Identity owner = tokens.find(proof, purpose);
        if (owner == null || (app != null && !app.equals(owner.key().app()))) {
            throw ApiError.BAD_EMAIL_TOKEN.exception();
        }
        return owner;
    }

    private void forget(Identity changed) {
        Identity now = accounts.findIdentity(changed.key());
        if (now != null && now.userId() != null) {
            states.forget(now.userId());
        }
    }

    /**
     * The identity of an address and its password; ends in a 401 reply if they do not match, in a 429 reply if that
     * happened too often. Right passwords are not counted.
     */
    public Identity authenticate(AppId app, String email, String password) {
        IdentityKey key = EmailAddress.of(email).identity(app);
        String name = app + "/" + key.subject();
        limits.accounts().take(name);
        Identity identity = accounts.findIdentity(key);
        @Nullable String hash = identity == null ? null : identity.passwordHash();
        if (!hashing.matches(password, hash) || identity == null) {
            throw ApiError.WRONG_PASSWORD.exception();
        }
        limits.accounts().giveBack(name);
        // Told to those only who know the password.
        if (identity.unconfirmed()) {
            throw ApiError.UNCONFIRMED.exception();
        }
        return identity;
    }
}
