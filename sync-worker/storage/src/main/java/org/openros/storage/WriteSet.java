// SPDX-License-Identifier: Apache-2.0
package org.openros.storage;

import java.util.List;
import org.openros.domain.RealmPath;

/**
 * What one integration changes in one realm: all of it becomes durable and visible, or nothing. It is finished, so a
 * replica applies it without knowing the merge rules (group protocol, rule 14).
 *
 * @param writes in order of application; an erasure can only be the first
 */
public record WriteSet(RealmPath realm, List<Write> writes) {
    /** Whether what was there before goes. */
    public boolean erases() {
        return !writes.isEmpty() && writes.getFirst() instanceof Write.EraseRealm;
    }
}
