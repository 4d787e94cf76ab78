// SPDX-License-Identifier: Apache-2.0
/** Asks and orders the workers of groups, as {@code ros group} does. */
@NullMarked
package org.openros.core.group;

import org.jspecify.annotations.NullMarked;
