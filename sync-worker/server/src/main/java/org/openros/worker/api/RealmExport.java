// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.api;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.domain.RealmPath;
import org.openros.storage.RealmHead;
import org.openros.storage.RealmSnapshot;
import org.openros.storage.Write;
import org.openros.storage.WriteSet;
import org.openros.storage.commit.WriteSetCodec;
import org.openros.worker.realm.RealmStanding;

/**
 * Turns a realm into bytes: frames of a length (four bytes, unsigned, most significant first, never 0) and a write set
 * in the log form; then the length 0, the head (version, salt, bytes, last file identifier: eight bytes each), and the
 * SHA-256 of all bytes before.
 */
final class RealmExport implements AutoCloseable {
    private static final long FRAME_BYTES = 1 << 20;

    /** The server asks for many pieces ahead of a slow reader. */
    private static final int PIECE_BYTES = 64 << 10;

    private final RealmPath path;
    private final RealmSnapshot snapshot;
    private final MessageDigest digest = sha256();
    private ByteBuffer frame = ByteBuffer.allocate(0);
    private boolean ended;

    RealmExport(RealmPath path, RealmSnapshot snapshot) {
        this.path = path;
        this.snapshot = snapshot;
        if (RealmStanding.of(snapshot).kind() != RealmStanding.Kind.OPEN) {
            snapshot.close();
            throw new IllegalStateException("the realm " + path + " has just been closed");
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The next bytes; null at the end. Blocks for the disk. */
    @Nullable ByteBuffer next() {
        if (!frame.hasRemaining()) {
            if (ended) {
                return null;
            }
            List<Write> page = snapshot.next(FRAME_BYTES);
            ended = page == null;
            frame = ByteBuffer.wrap(page == null ? end() : frame(page));
        }
        ByteBuffer piece = frame.slice(frame.position(), Math.min(PIECE_BYTES, frame.remaining()));
        frame.position(frame.position() + piece.remaining());
        return piece;
    }

    private byte[] end() {
        RealmHead head = snapshot.head();
        byte[] told = ByteBuffer.allocate(Integer.BYTES + 4 * Long.BYTES)
                .putInt(0)
                .putLong(head.serverVersion())
                .putLong(head.salt())
                .putLong(head.cumulativeBytes())
                .putLong(head.lastFileIdent())
                .array();
        byte[] hash = digest.digest(told);
        return ByteBuffer.allocate(told.length + hash.length).put(told).put(hash).array();
    }

    private byte[] frame(List<Write> page) {
        List<Write> writes = page.stream().filter(write -> !RealmStanding.isMeantBy(write)).toList();
        byte[] content = WriteSetCodec.encode(new WriteSet(path, writes));
        byte[] framed =
                ByteBuffer.allocate(Integer.BYTES + content.length).putInt(content.length).put(content).array();
        digest.update(framed);
        return framed;
    }

    @Override
    public void close() {
        snapshot.close();
    }
}
