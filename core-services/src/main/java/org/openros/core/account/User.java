// SPDX-License-Identifier: Apache-2.0
package org.openros.core.account;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openros.core.metadata.MetadataTable;
import org.openros.core.metadata.ObjectRef;
import org.openros.domain.AppId;

/**
 * A user, as stored.
 *
 * @param id 24 hexadecimal digits
 * @param disabled barred from logging in
 * @param linkCount how often an identity was added; a guard against two changes at once
 * @param identities the ways in by their ids
 * @param logins the live log-ins by their ids, each with the time of its end
 * @param profile what issuers of tokens told about the user, by the names that SDKs know
 * @param customData a JSON object for the app, or null if there is none
 * @param admin whether the user may administer the app over HTTP, and everything with its realms
 * @param metadata what administrators noted about the user
 * @param lastEnd changes whenever log-ins end; a guard against reviving one
 */
public record User(
        String id,
        AppId app,
        boolean disabled,
        long linkCount,
        Map<String, IdentityKey> identities,
        Map<String, Instant> logins,
        Map<String, String> profile,
        @Nullable String customData,
        boolean admin,
        Map<String, String> metadata,
        @Nullable String lastEnd) {
    /** The record that keeps ids apart which differ in case only; null if the id needs none. */
    static @Nullable ObjectRef caseGuard(String id) {
        String lower = id.toLowerCase(Locale.ROOT);
        return lower.equals(id) ? null : new ObjectRef(MetadataTable.USER_NAME, lower);
    }

    ObjectRef object() {
        return new ObjectRef(MetadataTable.USER, id);
    }

    /** Whether nothing but an anonymous ticket leads to this user: once logged out nobody ever comes back. */
    public boolean isAnonymous() {
        return identities.values().stream().allMatch(key -> key.provider() == Provider.ANONYMOUS);
    }

    /** Whether the log-in is there and has not ended. */
    public boolean hasLogin(String loginId, Instant now) {
        Instant end = logins.get(loginId);
        return end != null && end.isAfter(now);
    }
}
