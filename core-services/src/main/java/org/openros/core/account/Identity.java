// SPDX-License-Identifier: Apache-2.0
package org.openros.core.account;

import org.jspecify.annotations.Nullable;

/**
 * A way in, as stored.
 *
 * @param id 24 hexadecimal digits
 * @param userId whom it leads to; null from registration to the first log-in or link
 * @param passwordHash null for ways in without a password
 * @param unconfirmed nobody has shown yet that the address is theirs, and somebody must
 */
public record Identity(
        IdentityKey key, String id, @Nullable String userId, @Nullable String passwordHash, boolean unconfirmed) {
    @Override
    public String toString() {
        return "Identity[" + id + "]";
    }
}
