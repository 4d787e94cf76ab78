// SPDX-License-Identifier: Apache-2.0
/** The storage adapter on disk: the commit log in files, and what it adds up to in RocksDB. */
@NullMarked
package org.openros.storage.rocks;

import org.jspecify.annotations.NullMarked;
