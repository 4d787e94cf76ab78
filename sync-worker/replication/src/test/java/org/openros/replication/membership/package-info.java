// SPDX-License-Identifier: Apache-2.0
/** The values of a membership change, looked at alone. */
@NullMarked
package org.openros.replication.membership;

import org.jspecify.annotations.NullMarked;
