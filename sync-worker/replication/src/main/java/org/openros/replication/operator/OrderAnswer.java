// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.operator;

/** What came of an {@link Order}. */
public sealed interface OrderAnswer {
    /** What the operator reads. */
    String message();

    /** It was done. */
    record Done(String message) implements OrderAnswer {}

    /** It was not done; the message names cause and remedy. */
    record Refused(String message) implements OrderAnswer {}
}
