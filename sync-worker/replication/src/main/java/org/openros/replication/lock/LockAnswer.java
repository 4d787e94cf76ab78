// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.lock;

/** What came of a {@link LockRequest}. */
public sealed interface LockAnswer {
    /** A session was opened. */
    record Opened(String session) implements LockAnswer {}

    /**
     * It was done.
     *
     * @param index of the values that were written; 0 if nothing was
     */
    record Done(long index) implements LockAnswer {}

    /** Nothing was done, for certain. */
    record Refused(String reason) implements LockAnswer {}

    /** The whole prefix. */
    record Read(GroupSnapshot group) implements LockAnswer {}

    /**
     * The service did not answer, or not with a result.
     *
     * @param outcomeUnknown whether it may have been done, or may yet be
     */
    record Failed(boolean outcomeUnknown, String message) implements LockAnswer {}
}
