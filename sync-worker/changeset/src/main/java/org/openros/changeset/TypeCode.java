// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The type codes of values, object keys and columns (changeset format, section 1.7). */
public enum TypeCode {
    /** The null value; as a column type: mixed. */
    NULL(0, "mixed"),
    INT(1, "int"),
    BOOL(2, "bool"),
    STRING(3, "string"),
    BINARY(4, "binary"),
    TIMESTAMP(5, "timestamp"),
    FLOAT(6, "float"),
    DOUBLE(7, "double"),
    DECIMAL(8, "decimal"),
    LINK(9, "link"),
    OBJECT_ID(10, "objectId"),
    UUID(11, "uuid"),
    /** The key of an object without primary key; never a value. */
    GLOBAL_KEY(-1, "globalKey"),
    /** Creates an embedded object. */
    OBJECT_VALUE(-2, "objectValue"),
    /** An empty dictionary in a mixed place. */
    DICTIONARY(-3, "dictionary"),
    /** Removes a dictionary entry. */
    ERASED(-4, "erased"),
    /** An empty list in a mixed place. */
    LIST(-5, "list"),
    /** Known to the format but allowed nowhere. */
    SET(-6, "set");

    private static final TypeCode[] BY_CODE = new TypeCode[18];

    static {
        for (TypeCode type : values()) {
            BY_CODE[type.code + 6] = type;
        }
    }

    private final int code;
    private final String notation;

    TypeCode(int code, String notation) {
        this.code = code;
        this.notation = notation;
    }

    /** The number on the wire, -6 to 11. */
    public int code() {
        return code;
    }

    /** The name in the readable notation, seen as a column type. */
    public String notation() {
        return notation;
    }

    /** The type with a number, or null if there is none. */
    public static @Nullable TypeCode of(long code) {
        return code < -6 || code > 11 ? null : BY_CODE[(int) code + 6];
    }

    /** Whether a column may have this type. */
    public boolean isColumnType() {
        return code >= 0;
    }

    /**
     * Whether the definition of a class may name this type for its key; {@link #GLOBAL_KEY} says that there is none.
     */
    public boolean isPrimaryKeyType() {
        return switch (this) {
            case INT, STRING, OBJECT_ID, UUID, GLOBAL_KEY -> true;
            case NULL, BOOL, BINARY, TIMESTAMP, FLOAT, DOUBLE, DECIMAL, LINK -> false;
            case OBJECT_VALUE, DICTIONARY, ERASED, LIST, SET -> false;
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
