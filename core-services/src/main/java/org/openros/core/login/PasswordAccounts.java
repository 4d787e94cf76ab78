// SPDX-License-Identifier: Apache-2.0
package org.openros.core.login;

import org.jspecify.annotations.Nullable;
import org.openros.core.account.Accounts;
import org.openros.core.account.Identity;
import org.openros.core.account.IdentityKey;
import org.openros.core.http.ApiError;
import org.openros.domain.AppId;

/** Registration and checking of e-mail addresses with passwords. Thread-safe. */
final class PasswordAccounts {
    private static final int MIN_PASSWORD = 6;
    private static final int MAX_PASSWORD = 1024;

    private final Accounts accounts;
    private final PasswordHashing hashing;

    PasswordAccounts(Accounts accounts, PasswordHashing hashing) {
        this.accounts = accounts;
        this.hashing = hashing;
    }

    /** Adds an account, confirmed at once since there is no mailer; the user is made by the first log-in. */
    void register(AppId app, String email, String password) {
        IdentityKey key = EmailAddress.of(email).identity(app);
        if (password.length() < MIN_PASSWORD || password.length() > MAX_PASSWORD) {
            throw ApiError.BAD_REQUEST.exception(
                    "password must be between " + MIN_PASSWORD + " and " + MAX_PASSWORD + " characters");
        }
        // Asked before the costly hash; the commit decides if two register at once.
        if (isRegistered(key) || !accounts.register(key, hashing.hash(password))) {
            throw ApiError.NAME_IN_USE.exception();
        }
    }

    /** Ends in a 404 reply if nobody registered with the address. */
    void requireRegistered(AppId app, String email) {
        if (!isRegistered(EmailAddress.of(email).identity(app))) {
            throw ApiError.NO_USER.exception();
        }
    }

    private boolean isRegistered(IdentityKey key) {
        return accounts.findIdentity(key) != null;
    }

    /** The identity of an address and its password; ends in a 401 reply if they do not match. */
    Identity authenticate(AppId app, String email, String password) {
        Identity identity = accounts.findIdentity(EmailAddress.of(email).identity(app));
        @Nullable String hash = identity == null ? null : identity.passwordHash();
        if (!hashing.matches(password, hash) || identity == null) {
            throw ApiError.WRONG_PASSWORD.exception();
        }
        return identity;
    }
}
