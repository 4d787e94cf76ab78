// SPDX-License-Identifier: Apache-2.0
/** The {@code ros} command: starts the three applications in one process, with what they share. */
@NullMarked
package org.openros.launcher;

import org.jspecify.annotations.NullMarked;
