// SPDX-License-Identifier: Apache-2.0
/** The checkers C1 to C8 of the group protocol: what a recorded history must show if nothing acknowledged was lost. */
@NullMarked
package org.openros.history.check;

import org.jspecify.annotations.NullMarked;
