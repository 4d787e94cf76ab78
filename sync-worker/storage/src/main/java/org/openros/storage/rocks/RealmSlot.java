// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.rocks;

import org.openros.storage.RealmHead;

/**
 * What is remembered of a realm that was written lately.
 *
 * @param number stands for the path in keys
 * @param head as applied
 * @param noReciprocals whether it is known that no reciprocal form is stored, so that trimming needs no search
 */
record RealmSlot(int number, RealmHead head, boolean noReciprocals) {
    RealmSlot at(RealmHead newHead) {
        return new RealmSlot(number, newHead, noReciprocals);
    }

    RealmSlot withNoReciprocals(boolean known) {
        return known == noReciprocals ? this : new RealmSlot(number, head, known);
    }
}
