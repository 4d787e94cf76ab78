// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.object;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openros.worker.realm.RealmEdit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Recognises a change by the key that its asker gave it. The reply is noted together with the change, so that a
 * repetition gets it again, from whichever master, and changes nothing. What failed is not noted: it changed nothing.
 */
final class Repeat {
    private static final Pattern FORM = Pattern.compile("[\\x21-\\x7E]{1,255}");
    private static final long KEPT_MILLIS = Duration.ofHours(24).toMillis();
    private static final int ID_BYTES = 16;
    private static final byte ID = 'i';
    private static final byte TIME = 't';

    /** More are forgotten with each change than can be added. */
    private static final int FORGOTTEN_AT_ONCE = 8;

    private static final JsonMapper JSON = JsonMapper.shared();

    private final byte[] id;
    private final String request;

    private Repeat(byte[] id, String request) {
        this.id = id;
        this.request = request;
    }

    /**
     * The key of a request.
     *
     * @param key as given; null if none was
     * @param what names everything that makes up the request
     */
    static @Nullable Repeat of(@Nullable String key, byte[]... what) {
        if (key == null) {
            return null;
        }
        if (!FORM.matcher(key).matches()) {
            throw Problem.invalid("Idempotency-Key", "has 1 to 255 printable characters");
        }
        byte[] id = Arrays.copyOf(Etag.sha256(key.getBytes(StandardCharsets.US_ASCII)), ID_BYTES);
        return new Repeat(id, HexFormat.of().formatHex(Etag.sha256(joined(what))));
    }

    private static byte[] joined(byte[][] parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += Integer.BYTES + part.length;
        }
        ByteBuffer joined = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            joined.putInt(part.length).put(part);
        }
        return joined.array();
    }

    /** The reply that was given; null if the change is new. */
    @Nullable Reply find(RealmEdit edit) {
        byte[] noted = edit.note(named(ID, id));
        if (noted == null) {
            return null;
        }
        JsonNode note = JSON.readTree(noted);
        if (note.path("until").longValue() < edit.timestamp()) {
            return null;
        }
        if (!note.path("request").asString("").equals(request)) {
            throw Problem.KEY_REUSED.exception("the Idempotency-Key was used with another request");
        }
        return new Reply(note.path("status").intValue(), (ObjectNode) note.path("body"));
    }

    void remember(RealmEdit edit, Reply reply) {
        forgetOld(edit);
        long until = edit.timestamp() + KEPT_MILLIS;
        ObjectNode note = JsonNodeFactory.instance.objectNode()
                .put("until", until)
                .put("request", request)
                .put("status", reply.status());
        note.set("body", reply.body());
        edit.note(named(ID, id), JSON.writeValueAsBytes(note));
        edit.note(named(TIME, at(until, id)), new byte[] {1});
    }

    private static void forgetOld(RealmEdit edit) {
        for (byte[] key : edit.noted(new byte[] {TIME}, FORGOTTEN_AT_ONCE)) {
            ByteBuffer parts = ByteBuffer.wrap(key, 1, key.length - 1);
            if (parts.getLong() < edit.timestamp()) {
                byte[] old = new byte[ID_BYTES];
                parts.get(old);
                edit.note(key, new byte[0]);
                edit.note(named(ID, old), new byte[0]);
            }
        }
    }

    private static byte[] at(long until, byte[] id) {
        return ByteBuffer.allocate(Long.BYTES + id.length).putLong(until).put(id).array();
    }

    private static byte[] named(byte kind, byte[] rest) {
        return ByteBuffer.allocate(1 + rest.length).put(kind).put(rest).array();
    }
}
