// SPDX-License-Identifier: Apache-2.0
package org.openros.protocol;

import java.util.ArrayList;
import java.util.List;

/**
 * One changeset of a DOWNLOAD (sync protocol, section 3.7).
 *
 * @param serverVersion the version of the history entry, at least 1
 * @param clientVersion the last version of the receiving client that was integrated before: the base of its merge
 * @param originTimestamp milliseconds since 2015-01-01T00:00:00Z
 * @param originFileIdent at least 1 and never the receiver's own
 * @param originalSize size in bytes before any compaction
 * @param changeset not modified by anybody
 */
public record DownloadEntry(
        long serverVersion,
        long clientVersion,
        long originTimestamp,
        long originFileIdent,
        long originalSize,
        byte[] changeset) {
    private static final int HEADER_BYTES = 100;

    /** So many bytes are not copied once more to be compressed. */
    private static final int LARGE = 2 << 20;

    /** The body of a DOWNLOAD with these entries. */
    public static MessageBody encode(List<DownloadEntry> entries) {
        if (entries.isEmpty()) {
            return MessageBody.EMPTY;
        }
        int capacity = 0;
        for (DownloadEntry entry : entries) {
            capacity = Math.addExact(capacity, entry.changeset.length + HEADER_BYTES);
        }
        if (capacity > LARGE) {
            return MessageBody.of(parts(entries));
        }
        MessageWriter out = new MessageWriter(capacity);
        entries.forEach(entry -> entry.writeHead(out).bytes(entry.changeset));
        return MessageBody.of(out.toBytes());
    }

    private static List<byte[]> parts(List<DownloadEntry> entries) {
        List<byte[]> parts = new ArrayList<>();
        for (DownloadEntry entry : entries) {
            parts.add(entry.writeHead(new MessageWriter(HEADER_BYTES)).toBytes());
            parts.add(entry.changeset);
        }
        return parts;
    }

    private MessageWriter writeHead(MessageWriter out) {
        out.number(serverVersion).field(clientVersion).field(originTimestamp).field(originFileIdent);
        return out.field(originalSize).field(changeset.length).space();
    }

    static DownloadEntry read(ByteCursor in) {
        long serverVersion = in.number();
        in.expect(' ');
        long clientVersion = in.number();
        in.expect(' ');
        long originTimestamp = in.number();
        in.expect(' ');
        long originFileIdent = in.number();
        in.expect(' ');
        long originalSize = in.number();
        in.expect(' ');
        long size = in.number();
        in.expect(' ');
        return new DownloadEntry(
                serverVersion, clientVersion, originTimestamp, originFileIdent, originalSize, in.take(size));
    }
}
