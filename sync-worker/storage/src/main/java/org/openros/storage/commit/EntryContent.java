// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.commit;

import org.openros.storage.WriteSet;

/** What a log entry says. */
public sealed interface EntryContent {
    /** Changes a realm. */
    record Change(WriteSet writeSet) implements EntryContent {}

    /** Changes nothing: the first entry of a reign, which commits what the master has inherited. */
    record NoOp() implements EntryContent {}
}
