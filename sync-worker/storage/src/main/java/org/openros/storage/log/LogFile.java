// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** One file of the log. Used by one thread at a time. */
interface LogFile extends Closeable {
    /** Its name in the folder. */
    String name();

    /** Its length in bytes. */
    long size() throws IOException;

    /** Reads from a position until the buffer or the file is at its end. */
    void read(ByteBuffer into, long position) throws IOException;

    /** Writes the rest of the buffer. If it fails, any part may have been written. */
    void write(ByteBuffer from, long position) throws IOException;

    /** Makes everything written durable. If it fails, anything written since the last success may be lost. */
    void force() throws IOException;
}
