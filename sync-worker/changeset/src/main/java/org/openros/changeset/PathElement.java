// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset;

/** One step below a field: a list index, or a dictionary key or field of an embedded object. */
public sealed interface PathElement {
    /**
     * A list index.
     *
     * @param value 0 to 2<sup>32</sup> - 1
     */
    record Index(long value) implements PathElement {}

    /** A dictionary key, or the name of a field of an embedded object. */
    record Key(ByteString name) implements PathElement {}
}
