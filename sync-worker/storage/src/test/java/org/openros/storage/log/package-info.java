// SPDX-License-Identifier: Apache-2.0
/** The log against a disk that fails in every way a test can think of. */
@NullMarked
package org.openros.storage.log;

import org.jspecify.annotations.NullMarked;
