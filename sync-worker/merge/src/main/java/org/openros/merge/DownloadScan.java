// SPDX-License-Identifier: Apache-2.0
package org.openros.merge;

import java.util.ArrayList;
import java.util.List;
import org.openros.domain.FileIdent;

/** Selects what one DOWNLOAD message carries (merge rules, section 6.5). */
public final class DownloadScan {
    private final FileIdent client;
    private final long softByteLimit;
    private final List<Item> items = new ArrayList<>();
    private long serverVersion;
    private long clientVersion;
    private long bytes;
    private boolean full;

    private DownloadScan(FileIdent client, Cursor cursor, long softByteLimit) {
        this.client = client;
        this.softByteLimit = softByteLimit;
        this.serverVersion = cursor.serverVersion();
        this.clientVersion = cursor.clientVersion();
    }

    /**
     * Walks the history from a client's cursor.
     *
     * @param head newest server version that clients may see
     * @param softByteLimit the entry whose changeset makes the sum exceed it is still sent
     */
    public static Batch scan(HistorySource history, FileIdent client, Cursor cursor, long head, long softByteLimit) {
        DownloadScan scan = new DownloadScan(client, cursor, softByteLimit);
        if (cursor.serverVersion() < head) {
            history.entries(cursor.serverVersion(), head, scan::visit);
        }
        long end = scan.full ? scan.serverVersion : Math.max(head, cursor.serverVersion());
        return new Batch(List.copyOf(scan.items), new Cursor(end, scan.clientVersion), scan.bytes);
    }

    private boolean visit(MainEntry entry) {
        if (entry.origin() == client.value()) {
            clientVersion = entry.clientVersion();
        } else if (!entry.isEmpty()) {
            items.add(new Item(entry, clientVersion));
            serverVersion = entry.serverVersion();
            bytes += entry.changeset().length;
            full = bytes > softByteLimit;
        }
        return !full;
    }

    /**
     * How far a client has downloaded.
     *
     * @param serverVersion everything up to here was sent
     * @param clientVersion the client's own version that had been integrated by then
     */
    public record Cursor(long serverVersion, long clientVersion) {}

    /**
     * What to send.
     *
     * @param items in order
     * @param cursor the new download cursor, for the header
     * @param bytes sum of the changeset sizes
     */
    public record Batch(List<Item> items, Cursor cursor, long bytes) {}

    /**
     * One entry to send, with the main-history bytes.
     *
     * @param clientVersion the receiver's last client version that had been integrated before this entry
     */
    public record Item(MainEntry entry, long clientVersion) {}
}
