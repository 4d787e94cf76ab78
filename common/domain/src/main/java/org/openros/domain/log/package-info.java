// SPDX-License-Identifier: Apache-2.0
/** Places in the log of a group, and what two logs have in common (group protocol, "Words"). */
@NullMarked
package org.openros.domain.log;

import org.jspecify.annotations.NullMarked;
