// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset.state;

/** Takes what undoes a change, from whoever makes the change. */
@FunctionalInterface
interface Inverses {
    /** Notes the inverse of a change that is made now. */
    void onUndo(Runnable inverse);
}
