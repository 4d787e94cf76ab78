// SPDX-License-Identifier: Apache-2.0
package org.openros.core.realmapi;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.openros.core.account.Accounts;
import org.openros.core.account.Identity;
import org.openros.core.account.IdentityKey;
import org.openros.core.account.Provider;
import org.openros.core.account.User;
import org.openros.core.problem.Problem;
import org.openros.core.problem.RequestJson;
import org.openros.domain.AppId;

/** Finds whom the condition of a permission change means (admin API, section 10.2). */
final class Recipients {
    private static final String USER_ID = "userId";
    private static final String KEY = "metadataKey";
    private static final String VALUE = "metadataValue";
    private static final String EVERYBODY = "*";
    private static final String EMAIL = "email";

    private final Accounts accounts;

    Recipients(Accounts accounts) {
        this.accounts = accounts;
    }

    /** Whom a condition means. */
    sealed interface Recipient {
        /** One user. */
        record One(String userId) implements Recipient {}

        /** All users. */
        enum Everybody implements Recipient {
            INSTANCE
        }

        /** Nobody has what was asked for. */
        enum Nobody implements Recipient {
            INSTANCE
        }
    }

    Recipient of(Caller caller, RequestJson condition) {
        if (condition.has(USER_ID) == condition.has(KEY)) {
            throw Problem.invalid("condition", "has userId, or metadataKey and metadataValue");
        }
        return condition.has(USER_ID)
                ? byId(caller.app(), condition.text(USER_ID))
                : byMetadata(caller, condition.text(KEY), condition.text(VALUE));
    }

    private Recipient byId(AppId app, String userId) {
        if (userId.equals(EVERYBODY)) {
            return Recipient.Everybody.INSTANCE;
        }
        User user = accounts.findUser(userId);
        if (user == null || !user.app().equals(app)) {
            throw Problem.invalid("condition", "there is no such user");
        }
        return new Recipient.One(userId);
    }

    /**
     * The only thing that is known of users is their address; other keys match nobody, and only administrators may try.
     */
    private Recipient byMetadata(Caller caller, String key, String value) {
        if (key.equalsIgnoreCase(EMAIL)) {
            String user = userOf(caller.app(), value.strip().toLowerCase(Locale.ROOT));
            return user == null ? Recipient.Nobody.INSTANCE : new Recipient.One(user);
        }
        if (caller instanceof Caller.Somebody) {
            throw Problem.invalid("condition", "metadataKey is email");
        }
        return Recipient.Nobody.INSTANCE;
    }

    private @Nullable String userOf(AppId app, String address) {
        Identity identity = accounts.findIdentity(new IdentityKey(app, Provider.EMAIL_PASSWORD, address));
        return identity == null ? null : identity.userId();
    }
}
