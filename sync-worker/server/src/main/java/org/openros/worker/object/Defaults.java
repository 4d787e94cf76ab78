// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.object;

import java.math.BigInteger;
import java.util.UUID;
import org.openros.changeset.ByteString;
import org.openros.changeset.ObjectId;
import org.openros.changeset.TypeCode;
import org.openros.changeset.Value;

/** What stands in fields that are not nullable before anybody sets them (changeset format, section 2.2). */
final class Defaults {
    private Defaults() {}

    static Value of(TypeCode type) {
        return switch (type) {
            case INT -> new Value.Int(0);
            case BOOL -> new Value.Bool(false);
            case STRING -> new Value.Str(ByteString.EMPTY);
            case BINARY -> new Value.Binary(ByteString.EMPTY);
            case TIMESTAMP -> new Value.Timestamp(0, 0);
            case FLOAT -> new Value.Float(0);
            case DOUBLE -> new Value.Double(0);
            case DECIMAL -> new Value.Decimal(BigInteger.ZERO, 0, false);
            case OBJECT_ID -> new Value.Oid(new ObjectId(0, 0));
            case UUID -> new Value.Uuid(new UUID(0, 0));
            case NULL, LINK, GLOBAL_KEY, OBJECT_VALUE, DICTIONARY, ERASED, LIST, SET -> Value.Marker.NULL;
        };
    }
}
