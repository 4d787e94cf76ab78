// SPDX-License-Identifier: Apache-2.0
/** The contract suite on disk, and what only a disk can do: crashes, damage, strange folders. */
@NullMarked
package org.openros.storage.rocks;

import org.jspecify.annotations.NullMarked;
