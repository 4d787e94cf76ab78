// SPDX-License-Identifier: Apache-2.0
package org.openros.core.metadata;

import java.time.Instant;

/** A value of a field or of a dictionary entry. */
public sealed interface FieldValue {
    /** A string. */
    record Text(String value) implements FieldValue {}

    /** A boolean. */
    record Flag(boolean value) implements FieldValue {}

    /** An integer. */
    record Whole(long value) implements FieldValue {}

    /** A point in time. */
    record Moment(Instant value) implements FieldValue {}
}
