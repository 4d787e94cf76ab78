// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset;

/** How many values a column holds (changeset format, section 1.8). The ordinal is the number on the wire. */
public enum CollectionType {
    SINGLE,
    LIST,
    DICTIONARY,
    SET
}
