// SPDX-License-Identifier: Apache-2.0
/** Whether this process is alive and ready. */
@NullMarked
package org.openros.core.status;

import org.jspecify.annotations.NullMarked;
