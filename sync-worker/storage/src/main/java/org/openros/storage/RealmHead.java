// SPDX-License-Identifier: Apache-2.0
package org.openros.storage;

/**
 * How far a realm has come. Kept by the storage from the write sets it applies.
 *
 * @param serverVersion newest server version; 0 for an empty history
 * @param salt salt of that version; 0 for version 0
 * @param cumulativeBytes sum of all changeset sizes
 * @param lastFileIdent largest allocated file identifier; 1 if no client has one
 */
public record RealmHead(long serverVersion, long salt, long cumulativeBytes, long lastFileIdent) {
    /** A realm that nothing was written to. */
    public static final RealmHead EMPTY = new RealmHead(0, 0, 0, 1);
}
