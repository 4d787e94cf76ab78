// SPDX-License-Identifier: Apache-2.0
/** The commit log on files: preallocated segments, one flush per batch, and what recovery believes of them. */
@NullMarked
package org.openros.storage.log;

import org.jspecify.annotations.NullMarked;
