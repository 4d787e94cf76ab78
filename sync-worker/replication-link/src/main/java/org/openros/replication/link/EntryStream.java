// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.link;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.openros.domain.Epoch;
import org.openros.storage.LogTail;

/**
 * What a follower is to be sent.
 *
 * @param epoch of the reign
 * @param afterSeq entries behind this number
 * @param tail where they are read
 * @param commitSeq committed so far; asked for each frame, on any thread; must not block
 * @param awaited whether commits wait for this follower, so that each entry has to leave at once; asked for each entry, on any
 *     thread; must not block
 */
public record EntryStream(Epoch epoch, long afterSeq, LogTail tail, LongSupplier commitSeq, BooleanSupplier awaited) {}
