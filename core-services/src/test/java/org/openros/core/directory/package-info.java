// SPDX-License-Identifier: Apache-2.0
/** Realms and their groups. */
@NullMarked
package org.openros.core.directory;

import org.jspecify.annotations.NullMarked;
