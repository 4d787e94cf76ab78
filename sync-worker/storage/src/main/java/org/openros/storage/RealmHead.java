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

    /**
     * The head after a write set is applied to this one.
     *
     * @throws IllegalArgumentException if a history entry does not have the next version
     */
    public RealmHead after(WriteSet writeSet) {
        RealmHead head = this;
        for (Write write : writeSet.writes()) {
            head = head.after(write);
        }
        return head;
    }

    private RealmHead after(Write write) {
        return switch (write) {
            case Write.PutEntry(HistoryEntry entry) -> after(entry);
            case Write.PutClientFile(ClientFile file) -> after(file);
            case Write.PutReciprocal _, Write.TrimReciprocal _ -> this;
            case Write.PutState _, Write.DeleteState _, Write.DeleteStatePrefix _ -> this;
            case Write.EraseRealm _ -> EMPTY;
        };
    }

    private RealmHead after(HistoryEntry entry) {
        if (entry.serverVersion() != serverVersion + 1) {
            throw new IllegalArgumentException(
                    "version " + entry.serverVersion() + " does not follow version " + serverVersion);
        }
        return new RealmHead(entry.serverVersion(), entry.salt(), entry.cumulativeBytes(), lastFileIdent);
    }

    private RealmHead after(ClientFile file) {
        long ident = file.ident().value();
        return ident <= lastFileIdent ? this : new RealmHead(serverVersion, salt, cumulativeBytes, ident);
    }
}
