// SPDX-License-Identifier: Apache-2.0
package org.openros.merge;

import java.util.NavigableMap;
import org.openros.domain.FileIdent;

/**
 * What integrating an upload needs to know of a realm. Whoever integrates several uploads before anything is committed
 * answers with the results of the earlier ones included: entries, reciprocal forms and their removal.
 */
public interface HistoryAccess extends HistorySource {
    /** The newest server version; 0 for an empty history. */
    long head();

    /**
     * The reciprocal forms of a client by server version, encoded; an empty array is a form without instructions.
     * Versions that are not named use the main form.
     *
     * @param after versions above this one
     */
    NavigableMap<Long, byte[]> reciprocals(FileIdent client, long after);
}
