// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.log;

import java.io.IOException;
import java.util.List;

/** The files of the log, as far as the log needs them. Thread-safe. */
interface LogFolder {
    /** The names of all files, in order. */
    List<String> names() throws IOException;

    /** Opens an existing file. */
    LogFile open(String name) throws IOException;

    /**
     * Creates a file of zeros, whose blocks, length and name are durable: writing into it needs no more space and no
     * metadata. Leaves nothing if it fails.
     */
    LogFile create(String name, long size) throws IOException;

    /** Removes a file that is closed. */
    void delete(String name) throws IOException;

    /** Where a file lies, for messages. */
    String describe(String name);
}
