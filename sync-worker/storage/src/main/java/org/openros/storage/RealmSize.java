// SPDX-License-Identifier: Apache-2.0
package org.openros.storage;

/**
 * How much there is of a realm.
 *
 * @param historyEntries their number
 * @param historyBytes of all changesets of the history; exact
 * @param storedBytes what it takes with history, objects and client files: counted while it is small, else the estimate
 *     of the storage, which knows compressed files only in blocks
 */
public record RealmSize(long historyEntries, long historyBytes, long storedBytes) {}
