// SPDX-License-Identifier: Apache-2.0
package org.openros.core.rosauth;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openros.core.account.Accounts;
import org.openros.core.account.Identity;
import org.openros.core.account.IdentityKey;
import org.openros.core.account.Provider;
import org.openros.core.account.User;
import org.openros.core.account.UserAdministration;
import org.openros.core.account.UserRegistry;
import org.openros.core.account.UserStates;
import org.openros.core.directory.Directory;
import org.openros.core.directory.RealmRow;
import org.openros.core.email.PasswordAccounts;
import org.openros.core.permission.AccessLevel;
import org.openros.core.permission.Grant;
import org.openros.core.permission.Grants;
import org.openros.core.problem.Problem;
import org.openros.domain.AppId;
import org.openros.domain.Partition;
import org.openros.domain.RealmPath;

import static org.openros.core.account.Attempts.untilCommitted;

/** What administrators, and users themselves, do to users. Each problem ends in an error reply. Thread-safe; blocks. */
final class UserCare {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._~-]{0,127}");
    private static final int PAGE = 500;
    private static final int MAX_NAME = 512;

    private final Accounts accounts;
    private final UserAdministration administration;
    private final UserRegistry registry;
    private final UserStates states;
    private final Grants grants;
    private final Directory directory;

    UserCare(
            Accounts accounts,
            UserAdministration administration,
            UserRegistry registry,
            UserStates states,
            Grants grants,
            Directory directory) {
        this.accounts = accounts;
        this.administration = administration;
        this.registry = registry;
        this.states = states;
        this.grants = grants;
        this.directory = directory;
    }

    /**
     * What an administrator wants of the user of an account.
     *
     * @param userId null: any, or the one it has
     * @param admin null: as it is
     * @param metadata all of it; null: as it is
     */
    record Wanted(
            AppId app,
            String provider,
            String name,
            @Nullable String userId,
            @Nullable Boolean admin,
            @Nullable Map<String, String> metadata) {}

    /** The user of an id; null if there is none in the app. */
    @Nullable User find(AppId app, String userId) {
        User user = accounts.findUser(userId);
        return user == null || !user.app().equals(app) ? null : user;
    }

    /**
     * Users of an app.
     *
     * @param search what names of password accounts begin with, which are the order then; empty for all users, in the
     *     order of their ids
     * @param after what the part before ended with; null to begin
     */
    UserRegistry.Part list(AppId app, String search, @Nullable String after, int limit) {
        UserRegistry.Filter filter = new UserRegistry.Filter(app, null, null);
        return search.isEmpty()
                ? registry.list(filter, "", after, limit)
                : registry.withName(
                        filter, app, Provider.EMAIL_PASSWORD, search.strip().toLowerCase(Locale.ROOT), after, limit);
    }

    /** The user of an account; null if there is none. */
    @Nullable User find(AppId app, String provider, String name) {
        IdentityKey key = key(app, provider, name);
        Identity identity = key == null ? null : accounts.findIdentity(key);
        return identity == null || identity.userId() == null ? null : find(app, identity.userId());
    }

    private static @Nullable IdentityKey key(AppId app, String providerName, String name) {
        Provider provider = ProviderNames.provider(providerName);
        if (provider == null || provider == Provider.API_KEY || name.isBlank() || name.length() > MAX_NAME) {
            return null;
        }
        return provider == Provider.EMAIL_PASSWORD
                ? PasswordAccounts.key(app, name)
                : new IdentityKey(app, provider, name);
    }

    /** Makes the user of an account, or changes it. */
    User put(Wanted wanted) {
        if (ProviderNames.provider(wanted.provider()) == null) {
            throw Problem.invalid("provider", "there is no such provider");
        }
        IdentityKey key = key(wanted.app(), wanted.provider(), wanted.name());
        if (key == null) {
            throw Problem.invalid("provider_id", "cannot be the name of an account");
        }
        requireGoodId(wanted.userId());
        String userId = untilCommitted(() -> putOnce(key, wanted));
        states.forget(userId);
        return require(wanted.app(), userId);
    }

    private static void requireGoodId(@Nullable String userId) {
        if (userId != null && (!ID.matcher(userId).matches() || userId.startsWith("__"))) {
            throw Problem.invalid("user_id",
                    "has 1 to 128 letters, digits and . _ ~ -, and does not begin with __ or .");
        }
    }

    private @Nullable String putOnce(IdentityKey key, Wanted wanted) {
        Identity identity = accounts.findIdentity(key);
        if (identity == null || identity.userId() == null) {
            return create(key, identity, wanted);
        }
        User user = accounts.findUser(identity.userId());
        if (user == null) {
            return null;
        }
        if (wanted.userId() != null && !wanted.userId().equals(user.id())) {
            throw Problem.invalid("user_id", "the account belongs to another user");
        }
        boolean admin = wanted.admin() == null ? user.admin() : wanted.admin();
        if (user.admin() && !admin) {
            requireOtherAdmin(user);
        }
        Map<String, String> metadata = wanted.metadata() == null ? user.metadata() : wanted.metadata();
        return administration.setAttributes(user, admin, metadata) ? user.id() : null;
    }

    private @Nullable String create(IdentityKey key, @Nullable Identity registered, Wanted wanted) {
        if (wanted.userId() != null && administration.isTaken(wanted.userId())) {
            throw Problem.invalid("user_id", "is taken");
        }
        return administration.create(
                key,
                registered,
                wanted.userId(),
                Boolean.TRUE.equals(wanted.admin()),
                wanted.metadata() == null ? Map.of() : wanted.metadata());
    }

    /** Suspends a user, whose sessions end, or admits the user again. */
    User setSuspended(AppId app, String userId, boolean suspended) {
        untilCommitted(() -> {
            User user = require(app, userId);
            return accounts.setDisabled(user, suspended) ? user : null;
        });
        states.forget(userId);
        return require(app, userId);
    }

    /** Deletes a user. What it owns goes first, so that a deletion that was interrupted can be asked for again. */
    void delete(AppId app, String userId) {
        User user = require(app, userId);
        if (user.admin()) {
            requireOtherAdmin(user);
        }
        if (!user.disabled()) {
            setSuspended(app, userId, true);
        }
        emptyHome(user);
        takeRights(user);
        untilCommitted(() -> {
            User now = accounts.findUser(userId);
            return now == null || accounts.delete(now, true) ? user : null;
        });
        states.forget(userId);
    }

    private void emptyHome(User user) {
        String prefix = homePrefix(user);
        RealmPath after = null;
        List<RealmRow> page;
        do {
            page = directory.list(user.app(), prefix, after, PAGE);
            page.stream().filter(row -> !row.isDeleted()).forEach(row -> directory.delete(row.path()));
            after = page.isEmpty() ? null : page.getLast().path();
        } while (page.size() == PAGE);
    }

    /** How the paths of realms in the home of a user begin, behind the app. */
    private static String homePrefix(User user) {
        RealmPath any = RealmPath.of(user.app(), new Partition.Text("/" + user.id() + "/x"));
        String path = any.value();
        return path.substring(user.app().value().length() + 2, path.length() - 1);
    }

    private void takeRights(User user) {
        List<Grant> some;
        do {
            some = grants.ofUser(user.id(), PAGE);
            some.forEach(grant -> grants.set(grant.path(), user.id(), AccessLevel.NONE));
        } while (some.size() == PAGE);
    }

    private void requireOtherAdmin(User user) {
        if (!administration.hasOtherAdmin(user)) {
            throw Problem.ACCESS_DENIED.exception("the last administrator of the app");
        }
    }

    private User require(AppId app, String userId) {
        User user = find(app, userId);
        if (user == null) {
            throw Problem.UNKNOWN_USER.exception("there is no such user");
        }
        return user;
    }
}
