// SPDX-License-Identifier: Apache-2.0
/**
 * Who has to acknowledge: the group's record as its master knows it, and the one change to it that may be under way.
 */
@NullMarked
package org.openros.replication.membership;

import org.jspecify.annotations.NullMarked;
