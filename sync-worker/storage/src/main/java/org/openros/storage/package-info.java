// SPDX-License-Identifier: Apache-2.0
/**
 * What a sync worker keeps: the commit log, and what committed write sets add up to — history, client files,
 * reciprocal forms and object state of every realm. Ports here; the adapters in memory and on RocksDB pass one
 * contract suite.
 */
@NullMarked
package org.openros.storage;

import org.jspecify.annotations.NullMarked;
