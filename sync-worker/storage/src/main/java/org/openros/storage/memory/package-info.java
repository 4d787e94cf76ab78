// SPDX-License-Identifier: Apache-2.0
/** The storage adapter that forgets everything at its end: for tests and for trying things out. */
@NullMarked
package org.openros.storage.memory;

import org.jspecify.annotations.NullMarked;
