// SPDX-License-Identifier: Apache-2.0
/** The contract suite on the heap. */
@NullMarked
package org.openros.storage.memory;

import org.jspecify.annotations.NullMarked;
