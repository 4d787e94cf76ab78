// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset;

/** What kind of objects a class has (changeset format, section 1.8). The ordinal is the number on the wire. */
public enum TableKind {
    TOP_LEVEL,
    EMBEDDED,
    ASYMMETRIC
}
