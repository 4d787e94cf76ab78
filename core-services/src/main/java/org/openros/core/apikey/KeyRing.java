// SPDX-License-Identifier: Apache-2.0
package org.openros.core.apikey;

import java.util.List;
import org.openros.core.account.Accounts;
import org.openros.core.account.ApiKey;
import org.openros.core.account.ApiKeySecret;
import org.openros.core.account.ApiKeys;
import org.openros.core.account.User;
import org.openros.core.account.UserStates;
import org.openros.core.http.ApiError;

import static org.openros.core.account.Attempts.untilCommitted;

/** What a user does with its API keys. Each problem ends in an error reply. Thread-safe. */
final class KeyRing {
    /** How many keys a user has at most. */
    static final int MAX_KEYS = 20;

    private static final int MAX_NAME = 256;

    private final Accounts accounts;
    private final UserStates states;
    private final ApiKeys keys;

    KeyRing(Accounts accounts, UserStates states, ApiKeys keys) {
        this.accounts = accounts;
        this.states = states;
        this.keys = keys;
    }

    List<ApiKey> list(String userId) {
        return keys.list(requireUser(userId));
    }

    ApiKey find(String userId, String id) {
        return require(requireUser(userId), id);
    }

    /** Makes a key of this name; the secret is known to the caller only. */
    ApiKey create(String userId, String name, ApiKeySecret secret) {
        requireName(name);
        ApiKey key = keys.prepare(requireUser(userId), name, secret);
        untilCommitted(() -> createOnce(key) ? key : null);
        states.forget(userId);
        return key;
    }

    private boolean createOnce(ApiKey key) {
        User owner = requireUser(key.owner());
        if (owner.identities().containsKey(key.id())) {
            // It is there: the reply to the attempt before this one was lost.
            return true;
        }
        List<ApiKey> others = keys.list(owner);
        if (others.stream().anyMatch(other -> other.name().equals(key.name()))) {
            throw ApiError.API_KEY_NAME_IN_USE.exception();
        }
        if (others.size() >= MAX_KEYS) {
            throw ApiError.BAD_REQUEST.exception("a user has at most " + MAX_KEYS + " API keys");
        }
        return keys.add(owner, key);
    }

    private static void requireName(String name) {
        if (name.isBlank() || name.length() > MAX_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw ApiError.BAD_REQUEST.exception(
                    "the name of an API key must have 1 to " + MAX_NAME + " printable characters");
        }
    }

    /** Removes a key for good. If another request is quicker with the same, both have their way. */
    void delete(String userId, String id) {
        if (!keys.remove(find(userId, id))) {
            requireGone(userId, id);
        }
        states.forget(userId);
    }

    private void requireGone(String userId, String id) {
        if (keys.find(requireUser(userId), id) != null) {
            throw ApiError.UNAVAILABLE.exception();
        }
    }

    void setDisabled(String userId, String id, boolean disabled) {
        untilCommitted(() -> keys.setDisabled(find(userId, id), disabled) ? id : null);
    }

    private ApiKey require(User owner, String id) {
        ApiKey key = keys.find(owner, id);
        if (key == null) {
            throw ApiError.NO_API_KEY.exception();
        }
        return key;
    }

    private User requireUser(String userId) {
        User user = accounts.findUser(userId);
        if (user == null) {
            throw ApiError.INVALID_SESSION.exception("the user has been deleted");
        }
        return user;
    }
}
