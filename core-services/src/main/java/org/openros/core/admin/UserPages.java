// SPDX-License-Identifier: Apache-2.0
package org.openros.core.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openros.core.account.Provider;
import org.openros.core.account.UserRegistry;
import org.openros.core.account.UserRegistry.Filter;
import org.openros.core.account.UserRegistry.Part;
import org.openros.core.account.UserRegistry.Registered;
import org.openros.domain.AppId;

/** Searches users: first those whose id begins so, then those of an app whose e-mail address does. */
final class UserPages {
    private static final Pattern ID_PREFIX = Pattern.compile("[0-9a-f]{1,24}");

    /** What keys of the second part of a search begin with. */
    private static final String BY_NAME = "@";

    private final UserRegistry users;

    UserPages(UserRegistry users) {
        this.users = users;
    }

    /**
     * Searches.
     *
     * @param withNames whether the caller may learn who has an address, which a search by it tells
     */
    Part find(Filter filter, @Nullable String search, Paging paging, boolean withNames) {
        if (search == null || search.isBlank()) {
            return users.list(filter, "", paging.after(), paging.limit());
        }
        String text = search.strip().toLowerCase(Locale.ROOT);
        String after = paging.after();
        if (withNames && after != null && after.startsWith(BY_NAME)) {
            return byName(filter, text, after.substring(1), paging.limit());
        }
        Part ids = byId(filter, text, after, paging.limit());
        if (ids.next() != null || !withNames) {
            return ids;
        }
        List<Registered> both = new ArrayList<>(ids.users());
        Part names = byName(filter, text, "", Math.max(1, paging.limit() - both.size()));
        both.addAll(names.users());
        return new Part(both, names.next());
    }

    private Part byId(Filter filter, String text, @Nullable String after, int limit) {
        if (!ID_PREFIX.matcher(text).matches()) {
            return new Part(List.of(), null);
        }
        Registered exact = text.length() == 24 && after == null ? users.find(text) : null;
        if (exact != null) {
            return new Part(List.of(exact), null);
        }
        return users.list(filter, text, after, limit);
    }

    private Part byName(Filter filter, String text, String after, int limit) {
        AppId app = filter.app();
        if (app == null) {
            return new Part(List.of(), null);
        }
        Part part = users.withName(
                filter, app, Provider.EMAIL_PASSWORD, text, after.isEmpty() ? null : after, limit);
        return new Part(part.users(), part.next() == null ? null : BY_NAME + part.next());
    }
}
