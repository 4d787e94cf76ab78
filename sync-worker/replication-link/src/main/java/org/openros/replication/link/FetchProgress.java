// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.link;

/** Hears how far a fetch is. Called on the thread of the fetch. */
@FunctionalInterface
public interface FetchProgress {
    /**
     * Some bytes arrived, or were found.
     *
     * @param done bytes that are here
     * @param total bytes of all files
     */
    void fetched(long done, long total);
}
