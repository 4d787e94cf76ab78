// SPDX-License-Identifier: Apache-2.0
/** Rules, grants and their changes. */
@NullMarked
package org.openros.core.permission;

import org.jspecify.annotations.NullMarked;
