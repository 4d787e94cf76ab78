// SPDX-License-Identifier: Apache-2.0
package org.openros.bench.micro;

import java.util.ArrayList;
import java.util.List;
import org.openros.changeset.ByteString;
import org.openros.changeset.Changeset;
import org.openros.changeset.Instruction;
import org.openros.changeset.ObjectKey;
import org.openros.changeset.PathElement;
import org.openros.changeset.Value;

/** Changesets like those of ordinary apps. */
final class SampleChangesets {
    private static final ByteString TABLE = ByteString.of("Measurement");
    private static final ByteString SENSOR = ByteString.of("sensor");
    private static final ByteString READING = ByteString.of("reading");
    private static final ByteString TAKEN_AT = ByteString.of("takenAt");
    private static final ByteString TAGS = ByteString.of("tags");

    private SampleChangesets() {}

    /** New objects with three fields each: four instructions per object. */
    static Changeset newObjects(long firstKey, int count) {
        List<Instruction> instructions = new ArrayList<>(4 * count);
        for (long key = firstKey; key < firstKey + count; key++) {
            ObjectKey object = new ObjectKey.Int(key);
            instructions.add(new Instruction.CreateObject(TABLE, object));
            instructions.add(update(object, SENSOR, new Value.Str(ByteString.of("sensor-" + key % 97))));
            instructions.add(update(object, READING, new Value.Double(Double.doubleToLongBits(20 + key % 50 / 10.0))));
            instructions.add(update(object, TAKEN_AT, new Value.Timestamp(1_700_000_000 + key, 0)));
        }
        return new Changeset(List.of(), instructions);
    }

    /** One update each of a number of objects. */
    static Changeset updates(long firstKey, int count) {
        List<Instruction> instructions = new ArrayList<>(count);
        for (long key = firstKey; key < firstKey + count; key++) {
            instructions.add(update(new ObjectKey.Int(key), READING, new Value.Int(key)));
        }
        return new Changeset(List.of(), instructions);
    }

    /** Inserts at the front of one list that was empty. */
    static Changeset inserts(int count) {
        List<Instruction> instructions = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            instructions.add(new Instruction.ArrayInsert(
                    TABLE,
                    new ObjectKey.Int(1),
                    TAGS,
                    List.of(new PathElement.Index(0)),
                    new Value.Int(i),
                    i));
        }
        return new Changeset(List.of(), instructions);
    }

    private static Instruction update(ObjectKey object, ByteString field, Value value) {
        return new Instruction.Update(TABLE, object, field, List.of(), value, 0, false);
    }
}
