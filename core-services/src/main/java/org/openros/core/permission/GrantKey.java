// SPDX-License-Identifier: Apache-2.0
package org.openros.core.permission;

import org.jspecify.annotations.Nullable;
import org.openros.core.metadata.MetadataTable;
import org.openros.core.metadata.ObjectRef;
import org.openros.core.metadata.RealmKey;
import org.openros.domain.RealmPath;

/**
 * Where a grant is kept: under the realm, and a second time, without the rights, under the user.
 *
 * @param user null for everybody
 */
record GrantKey(RealmPath path, @Nullable String user) {
    /** In place of a user: everybody. */
    static final String EVERYBODY = "*";

    ObjectRef grant() {
        return new ObjectRef(MetadataTable.GRANT, ofRealm(path) + grantee(user));
    }

    ObjectRef grantee() {
        return new ObjectRef(MetadataTable.GRANTEE, ofUser(user) + RealmKey.of(path));
    }

    /** What the keys of all grants to a realm begin with. No path has a blank. */
    static String ofRealm(RealmPath path) {
        return RealmKey.of(path) + " ";
    }

    /** What the keys of all grants to a user begin with. */
    static String ofUser(@Nullable String user) {
        return grantee(user) + " ";
    }

    private static String grantee(@Nullable String user) {
        return user == null ? EVERYBODY : user;
    }

    /** The user in the key of a grant; null for everybody. */
    static @Nullable String user(String grantKey) {
        String user = grantKey.substring(grantKey.lastIndexOf(' ') + 1);
        return user.equals(EVERYBODY) ? null : user;
    }
}
