// SPDX-License-Identifier: Apache-2.0
/** Tests of limits. */
@NullMarked
package org.openros.core.limit;

import org.jspecify.annotations.NullMarked;
