// SPDX-License-Identifier: Apache-2.0
package org.openros.protocol;

import java.util.List;

/**
 * One changeset of an UPLOAD (sync protocol, section 3.6).
 *
 * @param clientVersion the client version that it produced
 * @param serverVersion the last server version that the client had integrated before: the base of the merge
 * @param originTimestamp milliseconds since 2015-01-01T00:00:00Z
 * @param originFileIdent 0 for the client's own file, which is all that SDKs send
 * @param changeset not modified by anybody
 */
public record UploadEntry(
        long clientVersion, long serverVersion, long originTimestamp, long originFileIdent, byte[] changeset) {
    private static final int HEADER_BYTES = 80;

    /** The body of an UPLOAD with these entries. */
    public static MessageBody encode(List<UploadEntry> entries) {
        if (entries.isEmpty()) {
            return MessageBody.EMPTY;
        }
        int capacity = 0;
        for (UploadEntry entry : entries) {
            capacity = Math.addExact(capacity, entry.changeset.length + HEADER_BYTES);
        }
        MessageWriter out = new MessageWriter(capacity);
        entries.forEach(entry -> entry.write(out));
        return MessageBody.of(out.toBytes());
    }

    private void write(MessageWriter out) {
        out.number(clientVersion).field(serverVersion).field(originTimestamp).field(originFileIdent);
        out.field(changeset.length).space().bytes(changeset);
    }

    static UploadEntry read(ByteCursor in) {
        long clientVersion = in.number();
        in.expect(' ');
        long serverVersion = in.number();
        in.expect(' ');
        long originTimestamp = in.number();
        in.expect(' ');
        long originFileIdent = in.number();
        in.expect(' ');
        long size = in.number();
        in.expect(' ');
        return new UploadEntry(clientVersion, serverVersion, originTimestamp, originFileIdent, in.take(size));
    }
}
