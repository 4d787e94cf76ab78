// SPDX-License-Identifier: Apache-2.0
/** Tells who did what to accounts and keys, for those who have to know later. */
@NullMarked
package org.openros.core.audit;

import org.jspecify.annotations.NullMarked;
