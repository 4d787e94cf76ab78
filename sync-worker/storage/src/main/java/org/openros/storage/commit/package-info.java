// SPDX-License-Identifier: Apache-2.0
/**
 * The way of a write set from the caller to the listener: queue, log, gate, applied state. It knows neither files nor
 * RocksDB; those stand behind {@link org.openros.storage.commit.CommitLog} and
 * {@link org.openros.storage.commit.AppliedState}.
 */
@NullMarked
package org.openros.storage.commit;

import org.jspecify.annotations.NullMarked;
