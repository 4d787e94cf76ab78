// SPDX-License-Identifier: Apache-2.0
package org.openros.bench;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.openros.changeset.ByteString;
import org.openros.changeset.Changeset;
import org.openros.changeset.ChangesetEncoder;
import org.openros.changeset.CollectionType;
import org.openros.changeset.Instruction;
import org.openros.changeset.ObjectKey;
import org.openros.changeset.TableKind;
import org.openros.changeset.TypeCode;
import org.openros.changeset.Value;

/**
 * Valid changesets at next to no cost: one is encoded, and each further one is a copy with another object key and
 * another text of the same lengths. Every changeset creates one object and sets three of its fields. The text is noise,
 * because one that repeats would be compressed away in downloads. Not thread-safe.
 */
final class ObjectChangesets {
    private static final int KEY_DIGITS = 9;
    private static final byte[] ALPHABET =
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .".getBytes(StandardCharsets.US_ASCII);
    private static final ByteString TABLE = ByteString.of("BenchItem");
    private static final ByteString KEY = ByteString.of("_id");
    private static final ByteString TEXT = ByteString.of("text");
    private static final ByteString COUNT = ByteString.of("count");
    private static final ByteString DONE = ByteString.of("done");

    private final byte[] template;
    private final int digitsEnd;
    private final int textStart;
    private final int textLength;
    private final SplittableRandom noise;
    private long next;

    /**
     * Prepares the changesets of one writer.
     *
     * @param writer makes the keys unique
     * @param payload length of the text field in bytes
     */
    ObjectChangesets(int writer, int payload) {
        String prefix = "writer%05d-".formatted(writer);
        String key = prefix + "0".repeat(KEY_DIGITS);
        String text = "#".repeat(payload);
        template = ChangesetEncoder.encode(object(key, text));
        digitsEnd = indexOf(template, key.getBytes(StandardCharsets.US_ASCII)) + key.length();
        textStart = indexOf(template, text.getBytes(StandardCharsets.US_ASCII));
        textLength = payload;
        noise = new SplittableRandom(writer);
    }

    /** The changeset that has to come first in a realm. */
    static byte[] schema() {
        return ChangesetEncoder.encode(new Changeset(
                List.of(),
                List.of(
                        new Instruction.AddTable(
                                TABLE, TableKind.TOP_LEVEL, new Instruction.PrimaryKey(KEY, TypeCode.STRING, false)),
                        column(TEXT, TypeCode.STRING),
                        column(COUNT, TypeCode.INT),
                        column(DONE, TypeCode.BOOL))));
    }

    private static Instruction column(ByteString field, TypeCode type) {
        return new Instruction.AddColumn(TABLE, field, type, false, CollectionType.SINGLE, null, null);
    }

    private static Changeset object(String key, String text) {
        ObjectKey object = new ObjectKey.Str(ByteString.of(key));
        return new Changeset(
                List.of(),
                List.of(
                        new Instruction.CreateObject(TABLE, object),
                        update(object, TEXT, new Value.Str(ByteString.of(text))),
                        update(object, COUNT, new Value.Int(42)),
                        update(object, DONE, new Value.Bool(true))));
    }

    private static Instruction update(ObjectKey object, ByteString field, Value value) {
        return new Instruction.Update(TABLE, object, field, List.of(), value, 0, false);
    }

    /** The size of each changeset in bytes. */
    int size() {
        return template.length;
    }

    /** A changeset whose object does not exist yet. */
    byte[] next() {
        byte[] changeset = template.clone();
        long rest = next++;
        for (int i = 1; i <= KEY_DIGITS; i++) {
            changeset[digitsEnd - i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        fill(changeset);
        return changeset;
    }

    private void fill(byte[] changeset) {
        long bits = 0;
        for (int i = 0; i < textLength; i++) {
            bits = i % 10 == 0 ? noise.nextLong() : bits >>> 6;
            changeset[textStart + i] = ALPHABET[(int) (bits & 63)];
        }
    }

    private static int indexOf(byte[] bytes, byte[] wanted) {
        for (int i = 0; i <= bytes.length - wanted.length; i++) {
            if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        throw new IllegalStateException("a place to fill in is not in the changeset");
    }
}
